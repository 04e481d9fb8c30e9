suggestions-reason-closes-ring = schließt { $ring }
suggestions-reason-closes-more = lässt mehr durch Ringe zurückkommen
suggestions-reason-is-owed-most = hat am meisten Punkte gut
suggestions-reason-is-its-turn = ist an der Reihe
suggestions-reason-often-wins = macht aus den meisten Empfehlungen ein Geschäft
suggestions-reason-fits-well = nennt diese Branche und diesen Ort
suggestions-reason-neighbouring-trade = hat eine verwandte Branche
suggestions-reason-has-room = hat Platz
suggestions-reason-none = kann gefragt werden
suggestions-answers-in-minutes = antwortet in { $count } Min.
suggestions-answers-in-hours = antwortet in { $count } Std.
suggestions-title = Wer soll diese Empfehlung bekommen?
suggestions-button = Partner vorschlagen
suggestions-best = Der beste Vorschlag
suggestions-marked = Wer oben markiert ist
suggestions-nobody = Niemand, den Sie fragen können, macht das dort. Sie können dennoch selbst jemanden wählen.
suggestions-order = { $count ->
        [one] Ein Partner kann gefragt werden.
       *[other] { $count } Partner können gefragt werden; die besten fünf stehen vorn.
    }
suggestions-why = Warum
suggestions-left-out = { $count ->
        [one] Ein Partner bleibt außen vor
       *[other] { $count } Partner bleiben außen vor
    }
suggestions-out-paused = Nehmen zurzeit keine Empfehlungen an
suggestions-out-at-capacity = Haben so viele offene Empfehlungen, wie sie schaffen
suggestions-out-excluded = Tauschen mit Ihnen keine Empfehlungen
suggestions-out-asked-already = Wurden schon gefragt
suggestions-out-is-party = Gehören zur empfohlenen Person
suggestions-out-trade-not-served = Machen etwas anderes
suggestions-out-region-not-served = Arbeiten dort nicht
suggestions-out-linked-to-giver = Haben dieselbe Telefon- oder Steuernummer wie Sie
suggestions-part-fit = Branche und Ort
suggestions-part-conversion = Geschäft aus Empfehlungen
suggestions-part-response = Schnelle Antworten
suggestions-part-load = Freie Plätze
suggestions-part-ring = Ringe, die sich schließen
suggestions-part-evenness = Hat mehr Punkte gut als Sie
suggestions-part-turn = Reihenfolge
suggestions-level-0 = nichts
suggestions-level-1 = wenig
suggestions-level-2 = etwas
suggestions-level-3 = viel
suggestions-level-4 = sehr viel
field-nobody-fits = Niemand, den Sie fragen können, macht das dort. Bitte wählen Sie selbst jemanden.
suggestions-why-chosen = Warum { $receiver }
suggestions-rank = Platz { $rank } von { $count }, die damals gefragt werden konnten.
suggestions-out-pair-full = Haben von Ihnen in diesem Monat so viele erhalten, wie der Kreis erlaubt
