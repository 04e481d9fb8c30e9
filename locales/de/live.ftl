# Teile einer Seite, die sich selbst erneuern.
live-news = Es gibt Neues.
live-show = Anzeigen
live-updated = Die Seite wurde aktualisiert.
