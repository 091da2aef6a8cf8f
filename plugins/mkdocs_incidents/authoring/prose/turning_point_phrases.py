"""Phrases that describe the turning points of an incident, and phrases that retract them."""

from __future__ import annotations

import re

from mkdocs_incidents.model import TurningPoint

LABELS = {
    "cause": TurningPoint.CAUSE,
    "trigger": TurningPoint.CAUSE,
    "impact begins": TurningPoint.IMPACT_BEGINS,
    "impact starts": TurningPoint.IMPACT_BEGINS,
    "outage begins": TurningPoint.IMPACT_BEGINS,
    "outage starts": TurningPoint.IMPACT_BEGINS,
    "start of impact": TurningPoint.IMPACT_BEGINS,
    "detected": TurningPoint.DETECTED,
    "detection": TurningPoint.DETECTED,
    "acknowledged": TurningPoint.ACKNOWLEDGED,
    "escalated": TurningPoint.ESCALATED,
    "escalation": TurningPoint.ESCALATED,
    "identified": TurningPoint.IDENTIFIED,
    "cause found": TurningPoint.IDENTIFIED,
    "root cause found": TurningPoint.IDENTIFIED,
    "root cause identified": TurningPoint.IDENTIFIED,
    "mitigated": TurningPoint.MITIGATED,
    "mitigation": TurningPoint.MITIGATED,
    "outage mitigated": TurningPoint.MITIGATED,
    "resolved": TurningPoint.RESOLVED,
    "fixed": TurningPoint.RESOLVED,
    "recovered": TurningPoint.RESOLVED,
    "recovery": TurningPoint.RESOLVED,
    "outage ends": TurningPoint.RESOLVED,
}
"""What stands in front of a colon, a dash or a full stop, or alone: the plainest word of all."""

_IS = r"(?:is |was |are |were |has been |have been |gets? |got )?(?:now |fully |successfully |finally )?"
_WATCH = (
    r"(?:alerts?|alarms?|pagers?|pagerduty|pages?|monitoring|monitors?|probes?|synthetic checks?|healthchecks?"
    r"|datadog|nagios|cloudwatch|grafana|prometheus|sentry|opsgenie|pingdom|uptimerobot)"
)
_FOUND = (
    r"(?:find|finds|found|discover|discovers|discovered|identify|identifies|identified|pinpoint|pinpoints|pinpointed"
    r"|locate|locates|located)"
)
_FAULT = r"(?:cause|bugs?|culprit|fault|problem|issue|error|source|reason)"
_CHANGE = r"(?:update|release|deployment|deploy|change|version|rule|migration|config|configuration|upgrade|build)"
_REPAIR = r"(?:fix|patch|hotfix|workaround|correction)"
_OUT = r"(?:deployed|released|rolled out|applied|live|shipped|pushed|merged|in place)"
_SERVICE = (
    r"(?:services?|systems?|sites?|websites?|traffic|everything|all|api|app|application|platform|logins?|sign-ins?"
    r"|payments?|requests?|database|error rates?|errors|latency|it)"
)
_BEGIN = r"(?:begins?|began|starts?|started)"

# In this order: the first kind with a phrase that fits decides. "Escalated, because no cause was found" is no find, and
# who finds a fault and advises to roll back has not mitigated yet.
PHRASES: dict[TurningPoint, tuple[str, ...]] = {
    TurningPoint.ESCALATED: (
        r"escalat(?:e|es|ed|ing)\b(?! (?:the |our |his |her |their )?(?:privileges?|permissions?|rights|access))",
        r"escalation\b(?! polic| path| process| list)",
        r"(?:brought|called|looped|pulled) in (?:a|an|the|another|our|more|senior)\b",
        r"(?:paged|called) (?:a|an|the|our|another) (?:\w+ ){0,2}(?:team|engineer|vendor|provider|expert|lead|dba)\b",
        r"handed over to\b",
    ),
    TurningPoint.RESOLVED: (
        r"^(?:resolved|recovered|solved)\b",
        r"fully (?:functional|operational|restored|recovered|resolved)\b",
        r"full recovery\b",
        r"(?:is|was|are|were|has been|have been) (?:now |fully |finally )?(?:resolved|solved)\b",
        rf"(?:incident|issue|outage|problem) {_IS}(?:resolved|solved|over|ends?|ended|closed)\b",
        r"(?:incident|outage) (?:is |was )?declared (?:over|resolved|closed)\b",
        r"declared? the (?:incident|outage) (?:over|resolved|closed)\b",
        (
            rf"{_SERVICE} (?:is |are |was |were |has |have )?(?:back to normal|fully back|restored|recovered"
            rf"|back (?:up|online))\b"
        ),
        rf"{_SERVICE} (?:is |are |was |were )?returned? to normal\b",
        rf"{_SERVICE} (?:works?|worked|working|succeeds?|answers?|responds?|runs?) again\b",
        r"(?:outage|impact) (?:ends?|ended|is over|was over|over)\b",
        r"all (?:systems|services) (?:are )?(?:operational|normal|recovered)\b",
        r"(?:all|monitoring|everything|dashboards?) (?:is |are )?green\b",
        r"all good\b",
    ),
    TurningPoint.IDENTIFIED: (
        (
            rf"(?:cause|bug|culprit|fault|problem|issue) {_IS}(?:found|identified|discovered|determined|known"
            rf"|located|traced)\b"
        ),
        rf"{_FOUND}\b.{{0,40}}?\b{_FAULT}\b",
        r"traced? (?:the \w+|it|this) (?:back )?to\b",
        r"narrowed down to\b",
        r"(?:reali[sz]ed?|discovered|determined|found out|found|understood) that\b",
    ),
    TurningPoint.MITIGATED: (
        r"mitigated\b",
        r"(?:rolls|rolled) (?:\w+ ){0,3}back\b",
        (
            rf"(?:rollback|roll-back|failover|revert) {_IS}(?:done|complete|completed|finished|successful"
            rf"|succeeds?|succeeded)\b"
        ),
        r"successful (?:\w+ )?(?:rollback|failover|revert)\b",
        r"(?:reverted|reverts|failed over|taken back|switched off|turned off|disabled)\b",
        rf"{_REPAIR} {_IS}{_OUT}\b",
        (
            rf"(?:deploy(?:s|ed)?|release[sd]?|appl(?:y|ies|ied)|ship(?:s|ped)?|push(?:es|ed)?|roll(?:s|ed) out) "
            rf"(?:a |the |an |our )?(?:\w+ )?{_REPAIR}\b"
        ),
        r"traffic (?:is |was )?(?:shifted|moved|rerouted|redirected|switched)\b",
    ),
    TurningPoint.ACKNOWLEDGED: (
        r"acknowledg(?:e|es|ed)\b(?! (?:the )?(?:receipt|help|support|work|mistake|error))",
        r"ack(?:s|ed)\b",
        (
            r"on-?call (?:engineer |person |team )?(?:\w+ ){0,2}?(?:checks?|checked|investigat\w+|looks?|looked|joins?"
            r"|joined|responds?|responded|starts?|started|begins?|began)\b"
        ),
        rf"{_BEGIN} (?:to )?(?:investigat(?:e|ing|ion)|look(?:ing)? into|triag(?:e|ing)|debugging|troubleshooting)\b",
        rf"investigation {_BEGIN}\b",
        r"^investigating\b",
    ),
    TurningPoint.DETECTED: (
        r"(?<!to )detect(?:s|ed)?\b",
        rf"{_WATCH}\b.{{0,40}}?\b(?:fires?|fired|rings?|rang|triggers?|triggered|goes off|went off|received|raised)\b",
        rf"{_WATCH}\b.{{0,40}}?\b(?:pages?|paged|tells?|told|alerts?|alerted|calls?|called|notif\w+|warns?|warned)\b",
        rf"{_WATCH} (?:shows?|showed|reports?|reported)\b",
        r"(?:gets?|got|receives?|received) (?:a |an |the )?(?:\w+ )?(?:page|alert|alarm)s?\b",
        r"(?:gets?|got|was|were|is|are) (?:paged|alerted)\b",
        r"first (?:\w+ )?(?:report|alert|complaint|ticket|call|alarm)s?\b",
        r"(?:notice|notices|noticed|became aware|become aware)\b",
        (
            r"(?:users?|customers?|clients?|merchants?|people|students?)\b.{0,20}?\b(?:complain\w*|report(?:s"
            r"|ed)?|call(?:ed)? us)\b"
        ),
        (
            r"(?:reported|raised) by (?:a |an |our |the |several |some |many )?(?:\w+ )?(?:users?|customers?"
            r"|clients?|merchants?)\b"
        ),
    ),
    TurningPoint.IMPACT_BEGINS: (
        rf"(?:outage|impact|incident|downtime|disruption|errors) {_BEGIN}\b",
        r"^(?:the )?(?:beginning|start) of (?:the )?(?:outage|impact|incident|downtime)\b",
        rf"{_BEGIN} (?:to )?(?:fail|failing|see errors|seeing errors|time out|timing out|crash|crashing)\b",
        rf"{_BEGIN} (?:to )?return(?:ing)? (?:\w+ )?(?:errors|50\d)",
        r"(?:goes|went) (?:down|offline)\b(?! to\b)",
        r"(?:is|was|are|were|becomes?|became) (?:down|unavailable|unreachable|offline)\b(?! to\b)",
        r"(?:stops?|stopped) working\b",
        r"(?:users?|customers?|clients?) (?:see|saw|get|got|receive|received|hit) (?:\w+ )?(?:errors?|failures?)\b",
        rf"{_SERVICE} (?:crash(?:es|ed)?)\b",
    ),
    TurningPoint.CAUSE: (
        (
            rf"{_CHANGE} {_IS}(?:pushed|installed|deployed|released|rolled out|applied|made|started|begins?"
            rf"|started|goes out)\b"
        ),
        rf"{_CHANGE} (?:goes live|went live|push)\b",
        r"(?:deploys|deployed|deployment of|deploy of)\b",
        r"(?:we |^)(?:installed|deployed|released|pushed|merged|upgraded)\b",
        r"certificates? (?:expires?|expired)\b",
        r"(?:disk|table|queue|log|partition) (?:fills up|filled up|is full|was full)\b",
    ),
}

STEMS: dict[TurningPoint, tuple[str, ...]] = {
    TurningPoint.ESCALATED: ("escalat", " in ", "paged", "called", "handed"),
    TurningPoint.RESOLVED: (
        "fully", "recover", "resol", "solved", "over", "end", "closed", "normal", "restore", "back", "again",
        "operational",
        "green", "good",
    ),
    TurningPoint.IDENTIFIED: (
        "found", "find", "identif", "discover", "pinpoint", "locate", "determine", "known",
        "trace", "narrowed", "reali",
        "understood",
    ),
    TurningPoint.MITIGATED: (
        "mitigat", "back", "revert", "failover", "failed over", "switched", "turned off", "disabled", "fix", "patch",
        "workaround", "correction", "traffic",
    ),
    TurningPoint.ACKNOWLEDGED: ("ack", "on-call", "oncall", "investigat", "look", "triag", "debug", "troubleshoot"),
    TurningPoint.DETECTED: (
        "detect", "alert", "alarm", "page", "monitor", "probe", "check", "datadog", "nagios", "cloudwatch", "grafana",
        "prometheus", "sentry", "opsgenie", "pingdom", "uptimerobot", "first", "notice", "aware", "complain", "report",
        "call", "raised",
    ),
    TurningPoint.IMPACT_BEGINS: (
        "begin", "began", "start", "down", "offline", "unavailable", "unreachable", "stop", "error", "failure", "crash",
    ),
    TurningPoint.CAUSE: (
        "push", "install", "deploy", "release", "rolled out", "applied", "made", "start", "begin", "goes out", "live",
        "merged", "upgraded", "expire", "full", "fill",
    ),
}  # fmt: skip
"""By kind, substrings of which every phrase of that kind has at least one: a quick test rejects most entries."""

DOUBT = re.compile(
    r"\b(?:not|never|no(?! more\b| longer\b| further\b)|none|nobody|nothing|neither|without|cannot|unable"
    r"|fail(?:s|ed|ing)? to|try|tries|trying|tried|attempt\w*|unsuccessful\w*|thought|believed?|assume[sd]?"
    r"|assuming|assumption|suspect\w*|if|whether|once|will|would|should|could|may|might|plan(?:s|ning)?|planned"
    r"|decid\w+|decision|consider\w*|propos\w+|recommend\w*|advis\w+|suggest\w*|ask(?:s|ed)?|unrelated"
    r"|expect(?:s|ed)?|hope[sd]?|hoping|about to|going to|before|until|time to|work to|works to"
    r"|check(?:s|ed|ing)? (?:if|whether|that)|partially|partly|say that|says that|said that|wrote that"
    r"|(?:are|were|was|is) told that|tomorrow|next week)\b|n['’]t\b",
    re.IGNORECASE,
)
"""In front of a phrase, or inside of it: what follows did not happen, or not yet, or perhaps."""
TAKEN_BACK = re.compile(
    r"\b(?:but|however|(?:should|would|could) have|for (?:some|most|a few|(?:about |only )?\d+ (?:percent|users))"
    r"|(?:is|was|are|were) unrelated|as usual|(?:is|was) normal|without (?:success|effect)|no effect"
    r"|unsuccessful\w*|fail(?:s|ed)|prematurely|(?:to|in|on) staging"
    r"|(?:to|on|in) (?:the |our )?(?:status page|press|review)|statement|(?:does|did|do) not (?:help|work)"
    r"|not yet|no$|unknown$"
    r"|(?:errors?|failures?|problems?|issues?|they|it) (?:still )?(?:continues?|persists?|returns?|remains?"
    r"|come back|came back))\b|\bfor (?:about |only )?\d+ ?%",
    re.IGNORECASE,
)
"""Behind a phrase that describes success: there was none."""
