rings-title = Wie Geben zurückkommt
rings-explained = Wer erhalten hat, schuldet dem, der gegeben hat. Wo solche Schulden einen Ring bilden, hat jeder darin zurückbekommen, oft durch einen Dritten: Dann schuldet im Ring niemand mehr etwas. Diese Seite liest die Punkte des Kreises als Ringe; sie ändert nichts.
rings-credits = { $count ->
    [one] { $shown } Punkt
   *[other] { $shown } Punkte
}
rings-credits-column = Punkte
rings-nothing-yet = Noch wurde nichts gegeben. Es beginnt mit einer Empfehlung: Sobald beide Seiten einander vorgestellt sind, zählt sie hier.
rings-nothing-open = Zurzeit schuldet niemand jemandem etwas. Die nächste Empfehlung öffnet einen neuen Ring.
rings-comes-back = Was zurückkommt
rings-how = Wie
rings-how-many = Wie viele
rings-in-pairs = In Paaren
rings-in-threes = In Dreierringen
rings-in-longer = In längeren Ringen
rings-in-rings = In Ringen über andere
rings-still-open = Noch offen
rings-bar-told = Von { $total } geschuldeten Punkten schließen sich { $pairs } in Paaren, { $threes } in Dreierringen und { $longer } in längeren Ringen; { $open } bleiben offen.
rings-most = Höchstens schließen könnten sich: { $most } von { $total }.
rings-most-longer = Mehr würde sich schließen, wenn längere Ringe zuerst kämen; dieser Kreis schließt zuerst Ringe mit bis zu { $length } Mitgliedern, weil sie leichter zu verstehen sind.
rings-yours = Ihr Unternehmen
rings-yours-nothing = Ihr Unternehmen schuldet hier nichts, und niemand schuldet ihm etwas.
rings-yours-what = Punkte
rings-yours-now = Jetzt
rings-owed = Ihnen geschuldet
rings-owes = Von Ihnen geschuldet
rings-looks-behind = Mit { $partner } liegen Sie scheinbar { $credits } zurück; { $rings ->
    [one] der Ring über { $over } deckt { $covered }
   *[other] Ringe über { $over } decken { $covered }
}.
rings-looks-ahead = Mit { $partner } liegen Sie scheinbar { $credits } vorn; { $rings ->
    [one] der Ring über { $over } bringt { $covered } zurück
   *[other] Ringe über { $over } bringen { $covered } zurück
}.
rings-all = Alle Ringe
rings-with-you = Ringe mit Ihrem Unternehmen
rings-none = Noch schließt sich nichts in einem Ring.
rings-none-with-you = Ihr Unternehmen ist noch in keinem Ring. Ringe schließen sich, wenn Sie auch anderen etwas empfehlen als denen, von denen Sie erhalten haben.
rings-privacy = Sie sehen die Ringe, an denen Ihr Unternehmen teilhat, und die Empfehlungen, die es gegeben oder erhalten hat.
rings-more = { $count ->
    [one] Ein weiterer Ring wird nicht gezeigt.
   *[other] { $count } weitere Ringe werden nicht gezeigt.
}
rings-ring-told = Ein Ring des Gebens: { $way }. Je Schritt ausgeglichen: { $credits }.
rings-ring-closes = Je Schritt ausgeglichen: { $credits }.
rings-gave = { $giver } gab an { $receiver }
rings-a-referral = eine Empfehlung
rings-proof = Beweis
rings-proof-explained = Das Zertifikat nennt, was jeder jedem schuldet, was sich davon schließt, und zu jedem Mitglied eine Zahl, mit der jeder nachprüfen kann, dass sich nicht mehr schließen ließe. Nur Organisatoren erhalten es, denn es zeigt, wo jedes Mitglied steht.
rings-proof-download = Das Zertifikat herunterladen
rings-proof-check = Hier nachprüfen
rings-proof-wait = Wird geprüft …
rings-proof-right = In Ihrem Browser geprüft: Kein Punktestand ändert sich, die Ringe gehen auf, und nichts schließt mehr.
rings-proof-wrong = Das Zertifikat stimmt nicht.
rings-proof-unread = Das Zertifikat konnte nicht gelesen werden. Bitte versuchen Sie es noch einmal.
rings-settle = Die Ringe ausgleichen
rings-settle-explained = Was sich schließt, kann gebucht werden: Jeder gibt dem zurück, dem er schuldet, und jeder Punktestand bleibt, wie er ist. Danach bleibt nur, was noch offen ist.
rings-settle-look = Ansehen, was gebucht würde
rings-settle-title = Die Ringe von { $circle } ausgleichen
rings-settle-what = { $transfers ->
    [one] Eine Buchung wird
   *[other] { $transfers } Buchungen werden
} auf einmal gemacht. Ausgeglichen: { $credits } in { $rings ->
    [one] einem Ring
   *[other] { $rings } Ringen
}.
rings-settle-left = { $count ->
    [one] Mehr wird nicht auf einmal ausgeglichen: Ein Ring bleibt für den nächsten Ausgleich.
   *[other] Mehr wird nicht auf einmal ausgeglichen: { $count } Ringe bleiben für den nächsten Ausgleich.
}
rings-settle-why = Der Punktestand jedes Mitglieds bleibt genau, wie er ist; nur was Mitglieder einander schulden, wird weniger. Wer teilhat, bekommt eine E-Mail. Sie können den Ausgleich als Ganzes zurücknehmen.
rings-settle-do = Jetzt ausgleichen
rings-settle-lines = Was gebucht wird
rings-settle-debtor = Schuldet und gibt zurück
rings-settle-creditor = Dem geschuldet wird
rings-settle-more = { $count ->
    [one] und eine weitere Buchung; im Zertifikat stehen alle
   *[other] und { $count } weitere Buchungen; im Zertifikat stehen alle
}
rings-settle-back = Zurück zu den Ringen
rings-settled-before = Ausgeglichen
rings-settlement = { $date }: { $credits } in { $rings ->
    [one] einem Ring
   *[other] { $rings } Ringen
} geschlossen.
rings-settlement-undone = Zurückgenommen am { $date }.
rings-settlement-undo = Diesen Ausgleich zurücknehmen
rings-settlements-older = Frühere Ausgleiche
done-rings-settled = Die Ringe sind ausgeglichen. Jeder Punktestand ist, wie er war.
done-rings-undone = Der Ausgleich wurde als Ganzes zurückgenommen.
problem-already-settled = Diese Ringe sind schon ausgeglichen, vielleicht durch zweimaliges Drücken. Nichts wurde doppelt gebucht.
problem-ledger-moved = Inzwischen wurde etwas gebucht. Gehen Sie zurück und sehen Sie noch einmal nach, was jetzt ausgeglichen würde.
problem-ring-length-changed = Die Regeln des Kreises für Ringe wurden inzwischen geändert. Gehen Sie zurück und sehen Sie noch einmal nach, was jetzt ausgeglichen würde.
problem-nothing-to-settle = Zurzeit schließt sich nichts in einem Ring.
problem-settlement-too-large = Schon der kürzeste Ring ist mehr, als auf einmal ausgeglichen werden kann.
problem-already-undone = Dieser Ausgleich wurde schon zurückgenommen.
field-ring-length = Bitte schreiben Sie 0 oder eine Zahl von 2 bis 8.
