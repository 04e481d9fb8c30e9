trust-explained = Einmal am Tag werden die letzten 180 Tage betrachtet. Eine Gruppe erscheint hier, wenn ihre Mitglieder einander weit mehr weitergeben, als der Zufall erklärt, und sich dabei kaum ein Interessent selbst gemeldet hat. Das kann ehrliche Gründe haben: Das herauszufinden ist Ihre Sache.
trust-who-sees = Nur Organisatoren sehen diese Seite. Wer in einem Fall genannt ist, sieht davon nichts, auch kein Organisator. Von selbst geschieht nichts.
trust-nothing = Es gibt nichts anzusehen.
trust-older = Ältere Fälle
trust-open-since = Offen seit { $date }, gezählt am { $counted }
trust-since-opened = { $count ->
    [0] Seither ist zwischen ihnen nichts Neues weitergegeben worden.
    [one] Seither { $shown } neue Empfehlung zwischen ihnen; selbst gemeldet haben sich davon { $confirmed }.
   *[other] Seither { $shown } neue Empfehlungen zwischen ihnen; selbst gemeldet haben sich davon { $confirmed }.
}
trust-since-decided = { $count ->
    [0] Seit der Entscheidung ist zwischen ihnen nichts weitergegeben worden.
    [one] Seit der Entscheidung { $shown } Empfehlung zwischen ihnen; selbst gemeldet haben sich davon { $confirmed }.
   *[other] Seit der Entscheidung { $shown } Empfehlungen zwischen ihnen; selbst gemeldet haben sich davon { $confirmed }.
}
trust-inside = { $inside } der { $all } Empfehlungen dieser Mitglieder bleiben unter ihnen.
trust-confirmed = Interessenten, die sich selbst gemeldet haben: { $confirmed } von { $inside } in der Gruppe, { $circle } von { $all } im ganzen Kreis.
trust-no-verdict = Das sind Tatsachen, kein Urteil. Sprechen Sie mit den Mitgliedern, bevor Sie entscheiden.
trust-facts = Was in { $days } Tagen gezählt wurde
trust-of = { $part } von { $whole }
trust-hours = { $count ->
        [one] { $shown } Stunde
       *[other] { $shown } Stunden
    }
trust-never = nie
trust-nobody = niemand
trust-fact-inside = Empfehlungen in der Gruppe
trust-legend-inside = Von allem, was diese Mitglieder gaben oder erhielten. Auch enge Partner haben einen hohen Anteil.
trust-fact-credits = Punkte in der Gruppe
trust-legend-credits = Von allen Punkten, die diese Mitglieder gaben oder erhielten, ohne die zurückgenommenen.
trust-fact-confirmed = Interessent selbst gemeldet, in der Gruppe
trust-legend-confirmed = Der Interessent hat auf eine E-Mail an seine eigene Adresse zugestimmt. Ein Link, den der Geber selbst schickt, zählt nicht: Wer ihn hat, kann antworten.
trust-fact-circle = Interessent selbst gemeldet, ganzer Kreis
trust-legend-circle = Zum Vergleich: wie es in diesem Kreis üblich ist.
trust-fact-equal = Verbindungen mit gleichen Punkten
trust-legend-equal = Verbindungen mit genau so vielen Punkten wie eine andere. Wer heimlich abrechnet, macht sie gleich.
trust-fact-back = Bis etwas zurückkommt
trust-legend-back = Wie lange es im Mittel dauert, bis jemand, der in der Gruppe etwas erhalten hat, in ihr etwas weitergibt.
trust-fact-quick = Antworten binnen einer Minute
trust-legend-quick = Angebote, die schneller beantwortet wurden, als man sie liest.
trust-fact-new = Neue Konten
trust-legend-new = Unternehmen, die sich weniger als 30 Tage vor ihrer ersten Empfehlung in der Gruppe registriert haben.
trust-edges = Verbindungen
trust-legend-edges = Erwartet ist, was sich durch Zufall aus dem ergibt, was der eine ohnehin weitergibt und der andere ohnehin erhält.
trust-a-referral = Eine Empfehlung
trust-edge = Von → an
trust-edge-referrals = Empfehlungen
trust-edge-expected = Erwartet
trust-edge-confirmed = Interessent gemeldet
trust-edge-credits = Punkte
trust-referrals = { $count ->
        [one] Die Empfehlung dahinter
       *[other] Die { $count } Empfehlungen dahinter
    }
trust-decide = Was daraus wird
trust-decide-explained = Was Sie hier festhalten, gilt als erledigt: Der Fall kommt nur wieder, wenn neue Empfehlungen für sich allein ausreichen.
trust-outcome = Ergebnis
trust-choose = Bitte wählen
trust-outcome-dismissed = Es ist nichts dran
trust-outcome-talked = Wir haben darüber gesprochen
trust-outcome-suspended = Ausgesetzt: Sie geben nichts weiter und erhalten nichts, bis ein Organisator sie wieder lässt
trust-outcome-reversed = Zurückgenommen: Die Punkte für diese Empfehlungen werden zurückgenommen
trust-whom = Nur beim Aussetzen: wen
trust-note = Warum
trust-record = Ergebnis festhalten
trust-decided = Ergebnis
trust-to-members = Zu den Mitgliedern: eine Aussetzung aufheben
trust-back = Alle Fälle
done-trust-decided = Das Ergebnis ist festgehalten.
problem-case-decided = Dieser Fall wurde inzwischen entschieden.
field-not-in-case = Dieses Unternehmen ist in dem Fall nicht genannt.
