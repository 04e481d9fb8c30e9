suggestions-reason-closes-ring = closes { $ring }
suggestions-reason-closes-more = lets more come round through rings
suggestions-reason-is-owed-most = is owed most
suggestions-reason-is-its-turn = it is its turn
suggestions-reason-often-wins = business comes of most referrals
suggestions-reason-fits-well = names this trade and this place
suggestions-reason-neighbouring-trade = has a neighbouring trade
suggestions-reason-has-room = has room
suggestions-reason-none = can be asked
suggestions-answers-in-minutes = answers in { $count } min
suggestions-answers-in-hours = answers in { $count } h
suggestions-title = Who should get this lead?
suggestions-button = Suggest partners
suggestions-best = The best suggestion
suggestions-marked = The one marked above
suggestions-nobody = Nobody who can be asked does this there. You can still choose a receiver yourself.
suggestions-order = { $count ->
        [one] One partner can be asked.
       *[other] { $count } partners can be asked; the best five come first.
    }
suggestions-why = Why
suggestions-left-out = { $count ->
        [one] One partner is left out
       *[other] { $count } partners are left out
    }
suggestions-out-paused = Take no referrals at present
suggestions-out-at-capacity = Have as many open referrals as they can take
suggestions-out-excluded = Exchange no referrals with you
suggestions-out-asked-already = Were asked already
suggestions-out-is-party = Belong to the prospect
suggestions-out-trade-not-served = Do something else
suggestions-out-region-not-served = Do not work there
suggestions-out-linked-to-giver = Have the same phone or VAT number as you
suggestions-part-fit = Trade and place
suggestions-part-conversion = Business from referrals
suggestions-part-response = Quick answers
suggestions-part-load = Free places
suggestions-part-ring = Rings that close
suggestions-part-evenness = Is owed more than you
suggestions-part-turn = Turn
suggestions-level-0 = nothing
suggestions-level-1 = little
suggestions-level-2 = some
suggestions-level-3 = much
suggestions-level-4 = very much
field-nobody-fits = Nobody who can be asked does this there. Please choose a receiver yourself.
suggestions-why-chosen = Why { $receiver }
suggestions-rank = Number { $rank } of { $count } who could be asked then.
suggestions-out-pair-full = Were passed as many by you this month as the circle allows
