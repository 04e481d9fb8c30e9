reciprocity-standing = Where you stand
reciprocity-explained = Whoever receives a referral owes the giver credits. They come back with the referrals you receive, often from somebody else than the one you gave to.
reciprocity-no-circle = You are not a member of a circle yet. Credits are counted in circles.
reciprocity-to-circles = Find a circle
reciprocity-nothing-yet = Nothing was given or received yet. It begins with your first referral: the credits follow when both sides have been introduced.
reciprocity-pass-referral = Pass a referral
reciprocity-even = You are even: as much came back as you gave.
reciprocity-is-owed = The circle owes you { $count ->
        [one] { $shown } credit
       *[other] { $shown } credits
    }: you have given more than has come back so far.
reciprocity-owes = You owe the circle { $count ->
        [one] { $shown } credit
       *[other] { $shown } credits
    }: more has come to you than you have given so far. Any member you pass a referral to will do.
reciprocity-given = Given
reciprocity-received = Received
reciprocity-pending-given = Expected for what you gave
reciprocity-pending-received = Expected for what you received
reciprocity-by-partner = With whom
reciprocity-partner = Partner
reciprocity-last-transfers = Latest entries
reciprocity-older = Older entries
reciprocity-you-gave = You gave to { $partner }: { $count ->
        [one] { $shown } credit
       *[other] { $shown } credits
    } for you.
reciprocity-you-received = You received from { $partner }: { $count ->
        [one] { $shown } credit
       *[other] { $shown } credits
    } for them.
reciprocity-took-back-given = Taken back: { $count ->
        [one] { $shown } credit
       *[other] { $shown } credits
    } that you had for { $partner }.
reciprocity-took-back-received = Taken back: { $count ->
        [one] { $shown } credit
       *[other] { $shown } credits
    } that { $partner } had for you.
reciprocity-settled-owes = Settled in a ring: { $count ->
        [one] { $shown } credit
       *[other] { $shown } credits
    } that you owed { $partner }.
reciprocity-settled-owed = Settled in a ring: { $count ->
        [one] { $shown } credit
       *[other] { $shown } credits
    } that { $partner } owed you.
reciprocity-unsettled-owes = Settlement taken back: you owe { $partner } again { $count ->
        [one] { $shown } credit
       *[other] { $shown } credits
    }.
reciprocity-unsettled-owed = Settlement taken back: { $partner } owes you again { $count ->
        [one] { $shown } credit
       *[other] { $shown } credits
    }.
reciprocity-reason-introduced = Introduced
reciprocity-reason-won = Business closed
reciprocity-reason-third-win = A third side gained
reciprocity-reason-correction = Correction
reciprocity-reason-settlement = Rings settled
reciprocity-to-referral = the referral
reciprocity-totals = In total
reciprocity-total-credits = Credits given and received
reciprocity-total-pending = Expected from accepted referrals
reciprocity-total-givers = Members who gave
reciprocity-total-receivers = Members who received
reciprocity-total-both = Members who gave and received
reciprocity-members = Members
reciprocity-members-explained = Only organisers see this page. A member sees its own balance and the sums above. Credits that were taken back, and settled rings, are not counted as given or received. The last two columns say what is left when all rings close.
reciprocity-open-owed = Still owed to it after rings
reciprocity-open-owes = Still owed by it after rings
reciprocity-ledger-empty = Nothing was posted yet. Credits follow when the first two have been introduced.
reciprocity-member = Member
reciprocity-former-member = former member
reciprocity-balance = Balance
reciprocity-partners-given-to = Gave to (members)
reciprocity-partners-received-from = Received from (members)
reciprocity-head = Seal of the ledger
reciprocity-head-explained = Every entry carries the hash of the one before. Keep this number and hash: with them anybody can prove later that nothing was changed.
reciprocity-head-seq = Last entry
reciprocity-head-hash = Hash
reciprocity-private = Only the people of your business see this page.
reciprocity-over-time = Over twelve months
reciprocity-months-told = Credits month by month over twelve months: { $given } given, above the line; { $received } received, below it. The table has the numbers.
reciprocity-in-numbers = In numbers
reciprocity-month = Month
reciprocity-still-owed = Still owed to you
reciprocity-still-owes = Still owed by you
reciprocity-to-rings = All rings with your business
