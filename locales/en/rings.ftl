rings-title = How giving comes back
rings-explained = Whoever received owes the one who gave. Where such debts form a ring, everybody in it has been repaid, often through a third: then nobody in the ring owes anything any more. This page reads the circle’s credits as rings; it changes nothing.
rings-credits = { $count ->
    [one] { $shown } credit
   *[other] { $shown } credits
}
rings-credits-column = Credits
rings-nothing-yet = Nothing was given yet. It begins with a referral: as soon as both sides are introduced, it counts here.
rings-nothing-open = Nobody owes anybody anything at the moment. The next referral opens a new ring.
rings-comes-back = What comes back
rings-how = How
rings-how-many = How many
rings-in-pairs = In pairs
rings-in-threes = In threes
rings-in-longer = In longer rings
rings-in-rings = In rings over others
rings-still-open = Still open
rings-bar-told = Of { $total } credits owed, { $pairs } close in pairs, { $threes } in threes and { $longer } in longer rings; { $open } stay open.
rings-most = The most that could close: { $most } of { $total }.
rings-most-longer = More would close if longer rings came first; this circle closes rings of up to { $length } members first, because they are easier to understand.
rings-yours = Your business
rings-yours-nothing = Your business owes nothing here, and nothing is owed to it.
rings-yours-what = Credits
rings-yours-now = Now
rings-owed = Owed to you
rings-owes = Owed by you
rings-looks-behind = With { $partner } you look { $credits } behind; { $rings ->
    [one] the ring over { $over } covers { $covered }
   *[other] rings over { $over } cover { $covered }
}.
rings-looks-ahead = With { $partner } you look { $credits } ahead; { $rings ->
    [one] the ring over { $over } brings back { $covered }
   *[other] rings over { $over } bring back { $covered }
}.
rings-all = All rings
rings-with-you = Rings with your business
rings-none = Nothing closes in a ring yet.
rings-none-with-you = Your business is in no ring yet. Passing referrals on to others than those who gave to you closes them.
rings-privacy = You see the rings in which your business takes part, and the referrals that it gave or received.
rings-more = { $count ->
    [one] One more ring is not shown.
   *[other] { $count } more rings are not shown.
}
rings-ring-told = A ring of giving: { $way }. Closed at each step: { $credits }.
rings-ring-closes = Closed at each step: { $credits }.
rings-gave = { $giver } gave to { $receiver }
rings-a-referral = a referral
rings-proof = Proof
rings-proof-explained = The certificate says what everybody owes everybody, what closes of it, and a number for each member by which anybody can check that no more could close. Only organisers get it, because it shows where every member stands.
rings-proof-download = Download the certificate
rings-proof-check = Check it here
rings-proof-wait = Checking …
rings-proof-right = Checked in your browser: nobody’s balance changes, the rings add up, and nothing closes more.
rings-proof-wrong = The certificate does not hold.
rings-proof-unread = The certificate could not be read. Please try again.
rings-settle = Settle the rings
rings-settle-explained = What closes can be posted: each gives back to the one he owes, and every balance stays as it is. Afterwards only what is still open is left.
rings-settle-look = Look at what would be posted
rings-settle-title = Settle the rings of { $circle }
rings-settle-what = { $transfers ->
    [one] One entry
   *[other] { $transfers } entries
} will be posted at once and close { $credits } in { $rings ->
    [one] one ring
   *[other] { $rings } rings
}.
rings-settle-left = { $count ->
    [one] More is not settled at once: one ring is left for the next settlement.
   *[other] More is not settled at once: { $count } rings are left for the next settlement.
}
rings-settle-why = Every member’s balance stays exactly as it is; only what members owe each other becomes less. Those who take part get a mail. You can take the settlement back as a whole.
rings-settle-do = Settle now
rings-settle-lines = What will be posted
rings-settle-debtor = Owes and gives back
rings-settle-creditor = Is owed
rings-settle-more = { $count ->
    [one] and one more entry; the certificate has them all
   *[other] and { $count } more entries; the certificate has them all
}
rings-settle-back = Back to the rings
rings-settled-before = Settled
rings-settlement = { $date }: { $credits } closed in { $rings ->
    [one] one ring
   *[other] { $rings } rings
}.
rings-settlement-undone = Taken back on { $date }.
rings-settlement-undo = Take this settlement back
rings-settlements-older = Earlier settlements
done-rings-settled = The rings are settled. Every balance is as it was.
done-rings-undone = The settlement was taken back as a whole.
problem-already-settled = These rings were settled already, perhaps by a second press. Nothing was posted twice.
problem-ledger-moved = Something was posted meanwhile. Go back and look again at what would be settled now.
problem-ring-length-changed = The circle’s rules for rings were changed meanwhile. Go back and look again at what would be settled now.
problem-nothing-to-settle = Nothing closes in a ring at the moment.
problem-settlement-too-large = The shortest ring alone is more than can be settled at once.
problem-already-undone = This settlement was taken back already.
field-ring-length = Please write 0, or a number between 2 and 8.
