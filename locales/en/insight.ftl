insight-figures = Figures
insight-explained = Only organisers see this page. Everything is counted from what happened in the period; credits that were taken back and settled rings are left out.
insight-period = Period
insight-period-90 = 90 days
insight-period-180 = 180 days
insight-period-365 = 365 days
insight-period-all = All
insight-incomplete = There is more in this period than can be counted at once. The newest 200,000 entries count.
insight-none = nothing yet
insight-percent = { $number }%
insight-too-few = Too early for shares
insight-too-few-why = In this period { $count ->
        [one] one referral was introduced
       *[other] { $count } referrals were introduced
    }. Shares say something from { $needed } on. Choose a longer period, or pass the next referral.
insight-participation = Who takes part
insight-members = Members
insight-gave = gave
insight-received = received
insight-both = gave and received
insight-participation-legend = Says how many members had at least one introduction as giver or receiver. Good: most members do both. It does not say how much each one gave.
insight-outside = { $count ->
        [one] One member is not counted
       *[other] { $count } members are not counted
    }: their trade allows no credits.
insight-reciprocity = How much comes back
insight-credits = Credits given
insight-in-pairs = comes back in pairs
insight-with-rings = comes back in pairs and rings
insight-at-most = could come back at the most
insight-reciprocity-legend = Says which part of all credits closes: between two, or in a ring over others. Good: rings close clearly more than pairs alone. It does not say that anybody is late: what is open today may close tomorrow.
insight-evenness = How evenly it is spread
insight-evenness-given = given
insight-evenness-received = received
insight-evenness-legend = The Gini coefficient: 0 when all members have the same, close to 1 when one has everything. Good: below about 0.5 and not rising. It does not say who has much, and in a small or young circle a single large deal moves it.
insight-patterns = Patterns of three
insight-rings-of-three = { $count ->
        [one] { $shown } ring of three: A gives to B, B to C, and C to A.
       *[other] { $shown } rings of three: A gives to B, B to C, and C to A.
    }
insight-all-patterns = All sixteen patterns
insight-pattern = Who gives to whom
insight-pattern-name = Name
insight-pattern-count = How often
insight-patterns-legend = Says how often each pattern occurs among all threes of members. Good: chains (A→B→C) turn into rings over time. It does not say how much was given, and in a large circle most threes are empty.
insight-answers = How offers are answered
insight-response = Half of the answers come within
insight-acceptance = accepted
insight-declined = declined
insight-expired = not answered in time
insight-answers-legend = Says how fast and how often receivers agree. Good: answers within a day, and few offers that nobody answers. It does not say that declining is bad: a quick no lets the giver ask somebody else.
insight-outcomes = What becomes of referrals
insight-introduced = Introduced
insight-won = business closed
insight-lost = no business
insight-under-way = still under way
insight-conversion = closed, of those that are decided
insight-invalid = found invalid
insight-outcomes-legend = Says what came of the referrals introduced in this period. Good: the share of closed business is steady or rises, and almost none is invalid. It does not say much while many are still under way.
insight-faded-balance = Balance, older entries fading
insight-members-legend = Given and received in this period, with how many partners, and the balance since the beginning, in which a credit counts half after 180 days. Only organisers see this table. It does not say who is a good member: whoever has little to pass on may still answer fast and do good work.
insight-exports = Take away
insight-exports-why = Tables for a spreadsheet (CSV, UTF-8). They hold members’ sums and the circle’s measures: keep them as you keep this page.
insight-export-members = Members of this period
insight-export-measures = Measures of this period
insight-export-transfers = All entries of the ledger
insight-breadth = How widely we give
insight-breadth-explained = With how many members each one exchanged referrals in the last 365 days. Sums and balances are everybody’s own affair; your own are under “Where you stand”.
insight-breadth-empty = Nobody was introduced yet. The first referral begins it.
insight-ranges = The middle half of the members
insight-range = { $from } to { $to } credits
insight-range-none = too few took part
insight-ranges-legend = Shown when at least { $needed } members gave or received, and rounded to tens. A quarter of them lies below and a quarter above.
