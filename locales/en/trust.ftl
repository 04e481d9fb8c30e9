trust-explained = Once a day the last 180 days are looked at. A group appears here when its members pass each other far more than chance explains, while hardly any of the prospects were heard themselves. That can have honest reasons: it is for you to find out.
trust-who-sees = Only organisers see this page. Whoever is named in a case sees nothing of it, an organiser neither. Nothing happens by itself.
trust-nothing = There is nothing to look at.
trust-older = Older cases
trust-open-since = Open since { $date }, counted on { $counted }
trust-since-opened = { $count ->
    [0] Nothing new passed between them since.
    [one] { $shown } new referral between them since; prospects heard themselves: { $confirmed }.
   *[other] { $shown } new referrals between them since; prospects heard themselves: { $confirmed }.
}
trust-since-decided = { $count ->
    [0] Nothing passed between them since the decision.
    [one] { $shown } referral between them since the decision; prospects heard themselves: { $confirmed }.
   *[other] { $shown } referrals between them since the decision; prospects heard themselves: { $confirmed }.
}
trust-inside = { $inside } of the { $all } referrals of these members stay among themselves.
trust-confirmed = Prospects heard themselves: { $confirmed } of { $inside } inside the group, { $circle } of { $all } in the whole circle.
trust-no-verdict = These are facts, not a verdict. Talk to the members before you decide.
trust-facts = What was counted in { $days } days
trust-of = { $part } of { $whole }
trust-hours = { $count ->
        [one] { $shown } hour
       *[other] { $shown } hours
    }
trust-never = never
trust-nobody = nobody
trust-fact-inside = Referrals inside the group
trust-legend-inside = Of everything these members gave or received. Close partners have a high share too.
trust-fact-credits = Credits inside the group
trust-legend-credits = Of all credits these members gave or received, without those that were taken back.
trust-fact-confirmed = Prospects heard themselves, inside
trust-legend-confirmed = The prospect agreed in answer to a mail that went to his own address. A link that the giver sends himself does not count: whoever has it can answer.
trust-fact-circle = Prospects heard themselves, whole circle
trust-legend-circle = To compare: how it usually is in this circle.
trust-fact-equal = Connections with equal credits
trust-legend-equal = Connections that carry exactly as many credits as another. Whoever settles accounts in secret makes them equal.
trust-fact-back = Until something comes back
trust-legend-back = How long it takes, in the middle, until whoever received inside the group passes something on inside it.
trust-fact-quick = Answers within a minute
trust-legend-quick = Offers that were answered sooner than one reads them.
trust-fact-new = New accounts
trust-legend-new = Businesses that registered less than 30 days before their first referral inside the group.
trust-edges = Connections
trust-legend-edges = Expected is what comes about by chance from what one passes and the other receives anyway.
trust-a-referral = A referral
trust-edge = From → to
trust-edge-referrals = Referrals
trust-edge-expected = Expected
trust-edge-confirmed = Prospect heard
trust-edge-credits = Credits
trust-referrals = { $count ->
        [one] The referral behind it
       *[other] The { $count } referrals behind it
    }
trust-decide = What becomes of it
trust-decide-explained = What you record here counts as settled: the case comes back only when new referrals are enough by themselves.
trust-outcome = Outcome
trust-choose = Please choose
trust-outcome-dismissed = There is nothing to it
trust-outcome-talked = We talked about it
trust-outcome-suspended = Suspended: they neither pass nor receive until an organiser lets them again
trust-outcome-reversed = Reversed: the credits for these referrals are taken back
trust-whom = Only for a suspension: whom
trust-note = Why
trust-record = Record the outcome
trust-decided = Outcome
trust-to-members = To the members: lift a suspension
trust-back = All cases
done-trust-decided = The outcome is recorded.
problem-case-decided = This case was decided meanwhile.
field-not-in-case = This business is not named in the case.
