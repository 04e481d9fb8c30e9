circles-title = Circles
circles-none-yet = Your business is in no circle yet. Found one, apply to an open one, or use an invitation.
circles-found-one = Found a circle
circles-found = Found the circle
circles-inviting-you = You are invited
circles-inviting-how = The mail with the invitation holds the link by which you join.
circles-open = Open to applications
circles-more = Show more
circles-back = Back to the circle
circles-save = Save
circles-kind = Kind
circles-kind-value-chain = Value chain
circles-kind-networking = Networking circle
circles-kind-why = A value chain puts trades in the order in which they work for one customer, and several members may do the same trade. A networking circle has one seat for each trade.
circles-name = Name
circles-description = What it is for
circles-your-trade = You join as
circles-links-list = Trades in their order, one a line
circles-links-how = Only for a value chain: for instance architectural practice, building contractor, electrical installation, kitchen fitting.
circles-language = Language of its mails
circles-time-zone = Time zone
circles-open-to-applications = Show the circle to everybody and take applications
circles-navigation = In this circle
circles-pass-referral = Pass a referral
circles-policy = Rules
circles-members = Members
circles-invitations = Invitations
circles-edit = Edit the circle
circles-ledger = Credits
circles-trust = Fair play
circles-leave = Leave the circle
circles-chain = Value chain
circles-chain-empty = The order of the trades is not set yet.
circles-chain-set = Set it
circles-seats = Seats
circles-waiting = Waiting
circles-seat-free = free
circles-organiser = organises
circles-suspended = suspended
circles-reinstate = Let pass and receive again
circles-members-count =
    { $count ->
        [one] One member
       *[other] { $count } members
    }
circles-apply = Apply
circles-application-words = A few words to the organisers
circles-you-applied = You have applied. The organisers decide and you get a mail.
circles-you-wait = The seat of your trade is taken: you are on the waiting list. The organisers may admit you when it falls free.
circles-take-back = Take the application back
circles-no-business = Only people who belong to a business can join a circle.
circles-applications = Applications
circles-no-applications = Nobody has applied.
circles-applied-at = applied on { $date }
circles-joined-at = member since { $date }
circles-waiting-list = Waiting list
circles-waiting-why = These wait for the seat of their trade. You can admit one as soon as it is free.
circles-active = Members
circles-admit = Admit
circles-refuse = Refuse
circles-member-more = More
circles-share-organising = Let them organise too
circles-hand-over = Hand the circle over to them
circles-remove = Remove from the circle
circles-remove-words = Reason (kept in the circle’s log)
circles-invite = Invite
circles-invite-by-mail = Invite by mail
circles-invite-by-mail-why = One neutral mail with a link that works once, for 14 days. Please invite only people who expect it.
circles-invite-email = E-mail address
circles-invite-words = A few words, without links or numbers
circles-invite-by-link = Invite by a link
circles-invite-by-link-why = Pass it on yourself. At most { $uses } businesses and { $days } days.
circles-invite-uses = How many businesses may use it
circles-invite-days = How many days it works
circles-make-link = Make a link
circles-invitations-working = Invitations that work
circles-invitations-none = There is none at the moment.
circles-link-to-pass-on = Link to pass on
circles-invitation-until =
    { $uses ->
        [one] once more, until { $date }
       *[other] { $uses } more times, until { $date }
    }
circles-invitation-revoke = Take back
circles-invited-by = { $name } invites you to this circle.
circles-invited-by-of = { $name } of { $business } invites you to this circle.
circles-you-are-in = Your business is a member of this circle.
circles-go-there = Go to the circle
circles-invitation-used-up = This invitation was used already. Ask the one who invited you for a new one.
circles-join = Join
circles-join-how = To join, register your business, or sign in if it is registered.
circles-join-come-back = Afterwards open this link again.
circles-policy-version = Version { $version } is in force.
circles-policy-why = A change makes a new version. Referrals that were passed keep the version they were passed under.
circles-policy-change = Put in force
circles-policy-history = Versions
circles-policy-of = Version { $version }, { $date }
circles-answer-hours = Hours to answer an offer
circles-answer-reminder-hours = Reminder after so many hours
circles-first-contact-hours = Hours until the first contact
circles-nudge-days = Days after which a silent referral is asked about
circles-close-days = Days after which a referral ends
circles-claim-window-days = Days in which a prospect is not referred again
circles-recycled-days = Days in which somebody introduced by one giver is no new lead of another
circles-pair-per-month = Referrals from one member to another within 30 days, at most
circles-credits-introduced = Credits for an introduction
circles-credits-won = Credits for closed business
circles-credits-won-per-thousand = Credits for each full 1,000 of its value
circles-credits-won-value-cap = At most so many credits for the value
circles-credits-third-win = Credits when a third side gains (not in use yet)
circles-ring-length = Rings of up to so many members close first (0: whatever closes the most)
circles-weight-fit = Suggestions: weight of trade and region (0 to 100)
circles-weight-conversion = Suggestions: weight of business that came of referrals
circles-weight-response = Suggestions: weight of quick answers
circles-weight-load = Suggestions: weight of free places
circles-weight-ring = Suggestions: weight of rings that close
circles-weight-evenness = Suggestions: weight of being owed more than the giver
circles-weight-turn = Suggestions: weight of taking turns
circles-paths = Ways to the prospect
circles-path-share = The giver sends a personal link
circles-path-attested = Consent was given before, and one mail asks to confirm it
circles-path-ask = The server asks by mail
done-circles-founded = Your circle is there. Invite the first members.
done-circles-applied = You have applied.
done-circles-waiting = The seat is taken: you are on the waiting list.
done-circles-left = Done: you are no longer in the circle.
done-circles-saved = Saved.
done-circles-admitted = Admitted.
done-circles-made-to-wait = The seat is taken: the business is on the waiting list now.
done-circles-refused = Refused.
done-circles-removed = Removed.
done-circles-reinstated = May pass and receive again.
done-circles-handed-over = The circle has a new organiser.
done-circles-invited = The invitation is on its way, or the link is below.
done-circles-revoked = The invitation no longer works.
done-circles-joined = Welcome! Your business is a member now.
field-not-your-trade = Please choose one of your own trades.
field-not-another-member = Please choose another active member.
field-already-invited = An invitation to this address still works.
field-ask-not-allowed = The operator of this installation has not allowed this way.
field-not-a-value-chain = Only a value chain has links.
problem-organiser-only = Only an organiser of the circle may do this.
problem-own-suspension = A suspension is lifted by another organiser, or by an operator.
problem-not-suspended = This member is not suspended.
problem-seat-taken = The seat of this trade is taken. As soon as it is free you can admit the business.
problem-last-organiser = You are the last organiser. Hand the circle over to another member before you leave.
problem-organiser-stays = An organiser is not removed. He hands the circle over and leaves.
problem-wrong-member-state = This is not possible any more: somebody was faster, or it was decided already.
problem-already-a-member = Your business is a member of this circle already.
problem-too-early-to-apply = Your last application was refused, or you were removed, a short time ago. Apply again later, or ask for an invitation.
problem-circle-full = This circle takes nobody else.
problem-too-many-circles = A business cannot organise more circles.
problem-too-many-circle-invitations = Too many invitations of this circle still work. Take some back first.
problem-too-many-invitation-mails = The circle has sent many invitations today. Please go on tomorrow, or make a link.
problem-not-a-value-chain = Only a value chain has links.
problem-not-a-networking-circle = Only a networking circle has seats.
circles-overview = Overview
circles-rings = Rings
circles-breadth = Breadth
circles-leave-sure = Leave the circle?
circles-leave-why = Your referrals under way go on. Your seat becomes free, and your credits stay in the ledger; to come back you apply again.
circles-gap = nobody yet
circles-chain-held = { $held } of { $all } links are held.
circles-seats-held = { $held ->
        [one] One seat is held
       *[other] { $held } seats are held
    }{ $free ->
        [0] .
        [one] , one is free.
       *[other] , { $free } are free.
    }
circles-waiting-count = { $count ->
        [one] one waits for it
       *[other] { $count } wait for it
    }
circles-rules-clocks = Clocks
circles-rules-limits = Limits
circles-rules-credits = Credits and rings
circles-rules-suggestions = Suggestions
circles-policy-by = by { $name }
circles-policy-all-rules = All rules of this version
circles-ceilings = Ceilings by trade
circles-ceilings-explained = A referral that is won brings at most so many credits when this trade was needed, its value included. The ceiling of a group holds for each of its trades that has none of its own. Leave a row empty to drop it.
circles-ceiling-trade = Row { $number }: trade or group
circles-ceiling-credits = Row { $number }: most credits
circles-ceiling-of = Ceiling for { $trade }
circles-ceiling-none = none
