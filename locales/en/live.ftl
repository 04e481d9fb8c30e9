# Parts of a page that renew themselves.
live-news = There is news.
live-show = Show it
live-updated = The page has been brought up to date.
