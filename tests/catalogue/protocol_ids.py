"""The eighty ids of the protocol in its order, the critical ones, and the text checkpoints that have no rule here."""

_IDS = """
answer-before-third-ring end-side-conversation check-equipment greet-first greet-time-of-day greet-company
introduce-self welcome offer-help state-channel-purpose ask-for-person-with-title
listen-without-interrupting ask-customer-name use-customer-name verify-identity clarifying-question
confirm-understanding show-empathy apologise formal-address screen-caller-properly
ask-permission-to-hold state-wait-time hold-check-back thank-for-waiting ask-callback-contact commit-callback
announce-transfer transfer-to-whom transfer-purpose stay-until-colleague-answers handover-name handover-account
handover-call-reason handover-transfer-reason
offer-solution clear-and-concise honest-answer polite-refusal courtesy-please courtesy-thanks no-rudeness no-blame
limit-offensive-language offer-help-after-limit escalate-to-supervisor speak-slowly plain-language offer-repeat
speak-clearly moderate-tone answer-every-request spelling present-portfolio offer-other-channels guide-search
register-data offer-nonconformity route-to-virtual-agent guide-to-store identify-request-button
triage-message forward-to-responsible assign-advisor acknowledge-receipt reply-within-24h
spell-check-before-sending
check-understanding confirm-satisfaction offer-further-help follow-up send-survey invite-to-website ask-feedback
thank-for-contact farewell let-customer-hang-up document-case
schedule-adherence colleague-courtesy
"""
IDS = tuple(_IDS.split())

CRITICAL = frozenset(
    {"listen-without-interrupting", "verify-identity", "honest-answer", "no-rudeness", "let-customer-hang-up"}
)

ALWAYS = frozenset(
    {
        "formal-address",
        "no-rudeness",
        "no-blame",
        "honest-answer",
        "verify-identity",
        "plain-language",
        "clear-and-concise",
        "courtesy-please",
        "spelling",
    }
)
"""Text checkpoints that must hold in every turn of their window."""

WITHOUT_RULE = {
    "offer-solution": "the scenario's own: it says which solution is right",
    "honest-answer": "the scenario's own: its sheet says what may be promised",
    "document-case": "marked on the after-call notes, not on what is said",
}
"""Text checkpoints that the catalogue leaves to others, and why."""
