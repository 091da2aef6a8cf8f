"""Images that go with a shared link (Open Graph): what they say, their drawing, their font, and how they are kept."""
