"""Words around a percentage that deny that it is the share of those affected.

They were well; it happened another time; it is feared, promised or a limit; it is a change, a level or a part
of a part. Where in doubt, it is no share: a wrong figure is worse than none.
"""

from __future__ import annotations

import re

_NEARLY = r"(?:(?:about|around|roughly|nearly|almost|approximately|some|the|an? estimated|~|only|just|our)\s*){0,3}"
_BREAK = r"[;—]|(?<!\ball)\s(?:but|while|whereas|although|though|however|then)\b|[.!?]\s"
_BREAK_BEFORE = re.compile(rf"{_BREAK}|,\s(?:and|so|which)\b", re.IGNORECASE)
_BEHIND = re.compile(rf"{_BREAK}|\d\s?%|\d\s?per\s?cent", re.IGNORECASE)
_LONGEST = 200
"""Characters before and behind a percentage that are looked at."""

_BOUND_BEFORE = re.compile(
    r"(?:\b(?:(?:fewer|less|more|greater|higher|lower|larger|smaller) than|up to|at least|at most|over|under|above"
    r"|below"
    r"|as (?:many|much|few|little) as|max(?:imum)?(?: of)?|min(?:imum)?(?: of)?|upwards of|(?:in )?excess of|within"
    r"|not even|hardly|barely|no more|beyond|exceed(?:s|ed|ing)?|close to|somewhere near)\.?:?|[<>≤≥]=?)"
    r"\s*(?:an? )?(?:estimated |total of )?$",
    re.IGNORECASE,
)
_BOUND_BEHIND = re.compile(
    r"\s*(?:\+|,?\s*(?:or|and) (?:more|less|fewer|above|below|higher|lower|rising|counting)\b"
    r"|,?\s*(?:at (?:the )?(?:very )?(?:most|least)|max(?:imum)?|min(?:imum)?|tops|upwards)\b)",
    re.IGNORECASE,
)
_AT_MOST = re.compile(r"\bat (?:the )?(?:very )?(?:most|least)\b", re.IGNORECASE)

_HARM = (
    r"(?:affect|impact|hit\b|touch|harm|hurt|disrupt|interrupt|reach|notic|experienc|suffer|encounter|fac(?:e|ing)\b"
    r"|los[et]|see\b|saw\b|feel\b|felt\b|fail|drop|reject|refus|declin|block|lock|slow|delay|degrad|concern|involv)\w*"
)
_TROUBLE = r"(?:\w+ )?(?:trouble|problem|error|issue|impact|effect|harm|disruption|interruption|delay|loss|outage)\w*"
_NOT = r"(?:(?<!could )(?<!can )\bnot\b|(?<!could)(?<!can)n['’]t\b|\bnever\b)"
_WELL_WORDS = (
    r"(?:un(?:affected|touched|harmed|impacted|scathed|disturbed|hindered)|spared|immune|safe|fine|normal(?:ly)?"
    r"|as (?:usual|before|normal)|work(?:s|ed|ing)?|succe\w+|(?:went|got|came) through|accepted|approved|processed"
    r"|delivered|served|on time|completed|recover\w*|restored|back|reconnected|operational|available|accessible|online"
    r"|healthy|migrated|upgraded|updated|deployed|rolled out|enabled|released|shipped|fixed|resolved|patched)"
)
_NEGATED = r"(?<!not )(?<!n't )(?<!n’t )(?<!be )(?<!no longer )(?<!never )(?<!stopped )(?<!cannot )(?<!failed to )"
_SPARED_BEFORE = re.compile(
    rf"(?:\b(?:not|never|no|without|nor|none)\b|n['’]t\b)(?:\s+\w+){{0,3}}?\s+(?:{_HARM}|effect)"
    rf"(?:\s+(?:on|for|to|by|at))?[\s:*_|]*{_NEARLY}$"
    rf"|{_NEGATED}\b(?:{_WELL_WORDS}|sparing|sent|moved|shifted|routed|meant|intended)\b(?:\s+(?!\d)\w+){{0,3}}[\s:*_|]*{_NEARLY}$",
    re.IGNORECASE,
)
_SPARED_BEHIND = re.compile(
    rf"{_NOT}(?!\s+(?:able|only|just))\s+(?:\w+\s+){{0,2}}?{_HARM}"
    rf"|\b(?:no|without|any|nor)\s+{_TROUBLE}|\b(?:nothing|escaped|hardly|barely|scarcely)\b"
    rf"|\b{_HARM}\s+(?:no|nothing)\b"
    rf"|{_NEGATED}\b{_WELL_WORDS}\b(?!\s+(?:late|errors?|an error|with|wrong\w*|stale|blank|empty|slow\w*|only|5\d\d))"
    r"|(?<!not )(?<!n't )(?<!n’t )(?<!longer )\bable to\b"
    r"|\bcontinu\w+|\bstill (?:had|have|got|saw)\b|\bcan\s(?!not\b|no\b|only\b|neither\b)\w+"
    r"|\bcould\s(?!not\b|no\b|only\b|hardly\b|barely\b|neither\b|have\b|be\b)\w+"
    r"|\b(?:refund|credit|discount|compensat|complain|contact|ask|answer|vote|upgrad|prefer|renew|churn|cancel)\w*"
    r"|\b(?:wrote|called|use|uses|used|live|lives|lived|pay|pays|paid by|are|were) (?:in|by|on|to|us|at|from)\b"
    r"|\bof (?:the |our )?(?:fix|patch|repair|work|roll-?out|deployment|migration)\b",
    re.IGNORECASE,
)
_HARMED_BEFORE = re.compile(
    rf"\b(?:affect(?:s|ed|ing)?|impact(?:s|ed|ing)?|hit(?:s|ting)?|disrupt(?:s|ed|ing)?"
    rf"|lock(?:ed|ing) out)\s+{_NEARLY}$",
    re.IGNORECASE,
)
_HARMED_BEHIND = re.compile(
    rf"\b(?:(?:un)?able to|{_HARM}|unavail\w*|unreach\w*|(?:report|complain)\w*(?! no)"
    r"|issue|could(?: not|n['’]t)|can(?:not|['’]t)|error|late\b|wait)",
    re.IGNORECASE,
)

_FEARED = re.compile(
    r"\b(?:may|might|would|should|ought|potentially|possibly|perhaps|probably|fear\w*|expect\w*|at risk|worst case"
    r"|theor\w+|could (?:have|be|affect|impact|hit|reach|fail|lose)|likely|risk\w*|planned|plans?|will)\b"
)
_PROMISED_BEFORE = re.compile(
    r"\b(?:not true|untrue|myth|den(?:y|ied)|\w+['’]s (?:outage|incident)"
    r"|if|unless|whether|once|whenever|allow\w*|permit\w*"
    r"|tolerat\w*|budget|SL[AOI]s?|agreement|contract\w*|threshold"
    r"|target\w*|goal|guarantee\w*|promise[sd]?|alert\w*|alarm\w*|trigger\w*|wrote|claim\w*|assume[sd]?|thought|wrong\w*"
    r"|mistaken\w*|incorrect\w*|false\w*|rumou?r\w*|discount|refund\w*|credit\w*|voucher|rebate|compensat\w*|price\w*"
    r"|test(?:s|ed)?|simulat\w*|rehears\w*|forecast\w*)\b",
    re.IGNORECASE,
)
_ANOTHER_TIME = re.compile(
    r"\b(?:last|past|previous|prior|preceding) (?:\w+ )?(?:year|month|week|quarter|summer|autumn|winter|spring|time"
    r"|outage|incident|disruption|release)s?\b|\b(?:earlier|previous|similar|other|comparable|past|former|prior)"
    r" (?:\w+ )?"
    r"(?:outage|incident|disruption|event|failure|problem|bug|time|case)s?\b"
    r"|\b(?:in (?:19|20)\d\d|(?:(?:19|20)\d\d|first|second) (?:outage|incident|disruption)"
    r"|previously|historically|normally|usually|typically|ordinarily|in the past|on average|back then"
    r"|once before|before that|used to|(?:day|week|month|year)s? (?:ago|before|earlier)"
    r"|(?:normal|ordinary|usual|average|typical) (?:day|week|month|year)|yesterday|next time|in that incident)\b",
    re.IGNORECASE,
)
"""An incident of another time, or ordinary times."""
_A_PART_BEFORE = re.compile(
    rf"\b(?:of (?:the|those|these|our)|remaining|another|(?:a )?further|additional|other|not|never|all but"
    rf"|except(?: for)?|excluding|besides)\s+{_NEARLY}$"
    r"|\bof\b[^,]*\b(?:affected|impacted|failed|hit|complain\w*|complaints?|reports?"
    rf"|tickets?|callers?|them|those|these)\b[^,]*,\s*{_NEARLY}$",
    re.IGNORECASE,
)
_A_PART_BEHIND = re.compile(
    r"\s*of\s+(?:(?:the|our|all|those|these)\s+)*(?:affected|impacted|remaining|other|failed|failing|lost|them|those|these"
    r"|complain\w*|reports?|tickets?|rest)\b",
    re.IGNORECASE,
)

_CHANGE_BEFORE = re.compile(
    r"\b(?:by|rate|ratio|latency|load|to|at|from|was|were|is|rose|grew|fell|dropped|up"
    r"|(?<!brought )(?<!took )(?<!taken )down|(?:in|de)creased|declined"
    rf"|sank|climbed)[\s:*_]+{_NEARLY}$",
    re.IGNORECASE,
)
_SERVICE_REDUCED = re.compile(
    rf"\b(?:availability|service|functionality)\b[^,]*\b(?:reduced|degraded|decreased|impaired)\s+by\s+{_NEARLY}$",
    re.IGNORECASE,
)
"""A change that is the share of a service that failed."""
_CHANGE_BEHIND = re.compile(
    r"[\s-]*(?:points?|faster|slower|more|fewer|less|higher|lower|longer|shorter|larger|bigger|smaller|better|worse"
    r"|cheaper|above|below|increase|rise|growth|gain|jump|spike|surge|uplift|improvement|off|bonus|fee|chance"
    r"|probability|likelihood|certain\w*|sure|drop|decline|fall)\b"
    r"|\s+(?:\w+ ){0,2}(?:rates?|ratio|latency|availability|uptime)\b(?! (?:of|for) \w+ (?:affected|hit))",
    re.IGNORECASE,
)


def is_bound(before: str, behind: str) -> bool:
    """Whether a percentage between these words is a limit and no figure: `up to 40 %`, `5 % or fewer`."""
    return bool(_BOUND_BEFORE.search(before) or _BOUND_BEHIND.match(behind) or _AT_MOST.search(behind[:40]))


def is_another_time(sentence: str) -> bool:
    """Whether a sentence is about another incident, or about ordinary times."""
    return _ANOTHER_TIME.search(sentence) is not None


def is_asked(sentence: str) -> bool:
    """Whether a sentence is a question."""
    return sentence.rstrip(" *_\"'”’)").endswith("?")


def speaks_against(sentence: str, begin: int, end: int, behind_noun: int, label: str = "") -> bool:
    """Whether the words around a percentage deny that so many were affected in this incident.

    It stands from `begin` to `end`; the words behind the noun it is a share of begin at `behind_noun`, which is -1
    where it does not name them.
    """
    before = _BREAK_BEFORE.split(sentence[max(0, begin - _LONGEST) : begin])[-1]
    behind = sentence[end : end + _LONGEST]
    if _A_PART_BEFORE.search(before) or _A_PART_BEHIND.match(behind):
        return True
    if behind_noun < 0 and _is_change(before, behind):
        return True
    words = _until_break(sentence[max(end, behind_noun) : max(end, behind_noun) + _LONGEST])
    if _PROMISED_BEFORE.search(before) or _FEARED.search(before) or _FEARED.search(words.split(",")[0]):
        return True
    if _SPARED_BEFORE.search(before) or _SPARED_BEFORE.search(f"{label}: "):
        return True
    return not _HARMED_BEFORE.search(before) and _are_well(words)


def _is_change(before: str, behind: str) -> bool:
    if _CHANGE_BEHIND.match(behind):
        return True
    return _CHANGE_BEFORE.search(before) is not None and not _SERVICE_REDUCED.search(before)


def _until_break(text: str) -> str:
    found = _BEHIND.search(text)
    return text[: found.start()] if found else text


def _are_well(words: str) -> bool:
    """Whether the first words about an effect state that all was well."""
    well, harmed = _SPARED_BEHIND.search(words), _HARMED_BEHIND.search(words)
    return well is not None and (harmed is None or well.start() <= harmed.start())
