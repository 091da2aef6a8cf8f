"""The one owner of the published folder: what was built is verified, replaces it in one step, and can be taken back."""
