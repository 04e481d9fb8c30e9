insight-figures = Kennzahlen
insight-explained = Nur Organisatoren sehen diese Seite. Gezählt wird, was im Zeitraum geschah; Zurückgenommenes und ausgeglichene Ringe bleiben außen vor.
insight-period = Zeitraum
insight-period-90 = 90 Tage
insight-period-180 = 180 Tage
insight-period-365 = 365 Tage
insight-period-all = Alles
insight-incomplete = In diesem Zeitraum liegt mehr, als auf einmal gezählt werden kann. Es zählen die neuesten 200.000 Einträge.
insight-none = noch nichts
insight-percent = { $number }{"\u00A0"}%
insight-too-few = Noch zu früh für Anteile
insight-too-few-why = In diesem Zeitraum gab es { $count ->
        [one] eine Vorstellung
       *[other] { $count } Vorstellungen
    }. Anteile sagen ab { $needed } etwas aus. Wählen Sie einen längeren Zeitraum, oder geben Sie die nächste Empfehlung weiter.
insight-participation = Wer mitmacht
insight-members = Mitglieder
insight-gave = haben gegeben
insight-received = haben bekommen
insight-both = haben gegeben und bekommen
insight-participation-legend = Sagt, wie viele Mitglieder mindestens einmal als Geber oder Empfänger vorgestellt wurden. Gut: Die meisten tun beides. Sagt nicht, wie viel jeder gegeben hat.
insight-outside = { $count ->
        [one] Ein Mitglied zählt nicht mit: Sein Beruf lässt keine Punkte zu.
       *[other] { $count } Mitglieder zählen nicht mit: Ihre Berufe lassen keine Punkte zu.
    }
insight-reciprocity = Wie viel zurückkommt
insight-credits = Gegebene Punkte
insight-in-pairs = kommt paarweise zurück
insight-with-rings = kommt in Paaren und Ringen zurück
insight-at-most = könnte höchstens zurückkommen
insight-reciprocity-legend = Sagt, welcher Teil aller Punkte sich schließt: zwischen zweien, oder im Ring über andere. Gut: Ringe schließen deutlich mehr als Paare allein. Sagt nicht, dass jemand säumig ist: Was heute offen ist, kann sich morgen schließen.
insight-evenness = Wie gleichmäßig es verteilt ist
insight-evenness-given = gegeben
insight-evenness-received = bekommen
insight-evenness-legend = Der Gini-Koeffizient: 0, wenn alle gleich viel haben, nahe 1, wenn einer alles hat. Gut: unter etwa 0,5 und nicht steigend. Sagt nicht, wer viel hat, und in einem kleinen oder jungen Kreis bewegt ihn schon ein einziger großer Auftrag.
insight-patterns = Muster zu dritt
insight-rings-of-three = { $count ->
        [one] { $shown } Dreierring: A gibt B, B gibt C, und C gibt A.
       *[other] { $shown } Dreierringe: A gibt B, B gibt C, und C gibt A.
    }
insight-all-patterns = Alle sechzehn Muster
insight-pattern = Wer wem gibt
insight-pattern-name = Name
insight-pattern-count = Wie oft
insight-patterns-legend = Sagt, wie oft jedes Muster unter allen Dreiergruppen vorkommt. Gut: Aus Ketten (A→B→C) werden mit der Zeit Ringe. Sagt nicht, wie viel gegeben wurde, und in einem großen Kreis sind die meisten Dreiergruppen leer.
insight-answers = Wie Angebote beantwortet werden
insight-response = Die Hälfte der Antworten kommt innerhalb von
insight-acceptance = angenommen
insight-declined = abgelehnt
insight-expired = nicht rechtzeitig beantwortet
insight-answers-legend = Sagt, wie schnell und wie oft Empfänger zusagen. Gut: Antworten innerhalb eines Tages und kaum Angebote ohne Antwort. Sagt nicht, dass Ablehnen schlecht ist: Nach einem schnellen Nein kann der Geber jemand anderen fragen.
insight-outcomes = Was aus Empfehlungen wird
insight-introduced = Vorgestellt
insight-won = Auftrag erhalten
insight-lost = kein Auftrag
insight-under-way = noch unterwegs
insight-conversion = Aufträge unter den entschiedenen
insight-invalid = für ungültig befunden
insight-outcomes-legend = Sagt, was aus den Empfehlungen wurde, die in diesem Zeitraum vorgestellt wurden. Gut: Der Anteil der Aufträge bleibt stabil oder steigt, und fast keine ist ungültig. Sagt wenig, solange viele noch unterwegs sind.
insight-faded-balance = Punktestand, Älteres verblasst
insight-members-legend = Gegeben und bekommen in diesem Zeitraum, mit wie vielen Partnern, und der Punktestand seit dem Anfang, in dem ein Punkt nach 180 Tagen halb zählt. Nur Organisatoren sehen diese Tabelle. Sagt nicht, wer ein gutes Mitglied ist: Auch wer wenig weiterzugeben hat, kann schnell antworten und gut arbeiten.
insight-exports = Mitnehmen
insight-exports-why = Tabellen für die Tabellenkalkulation (CSV, UTF-8). Darin stehen Summen der Mitglieder und Maße des Kreises: Behandeln Sie sie wie diese Seite.
insight-export-members = Mitglieder in diesem Zeitraum
insight-export-measures = Maße in diesem Zeitraum
insight-export-transfers = Alle Einträge des Punktebuchs
insight-breadth = Wie breit wir geben
insight-breadth-explained = Mit wie vielen Mitgliedern jedes in den letzten 365 Tagen Empfehlungen ausgetauscht hat. Summen und Punktestände sind Sache jedes Einzelnen; Ihre eigenen stehen unter „Punktestand“.
insight-breadth-empty = Noch wurde niemand vorgestellt. Mit der ersten Empfehlung fängt es an.
insight-ranges = Die mittlere Hälfte der Mitglieder
insight-range = { $from } bis { $to } Punkte
insight-range-none = zu wenige haben mitgemacht
insight-ranges-legend = Erscheint, wenn mindestens { $needed } Mitglieder gegeben oder bekommen haben, auf Zehner gerundet. Ein Viertel von ihnen liegt darunter, ein Viertel darüber.
