businesses-partners = Partners
businesses-trade = Trade
businesses-country = Country (two letters)
businesses-postal-code = Postal code
businesses-words = Words
businesses-search = Search
businesses-show-all = Show everybody
businesses-invite-them = Invite somebody into your circle
businesses-nobody-found = Nobody fits. Try fewer words, or a larger region.
businesses-more = Show more
businesses-paused = takes no referrals at the moment
businesses-regulated = regulated trade
businesses-regulated-why = Those who follow this trade may neither give nor take an advantage for a referral. They pass and receive referrals like everybody, but without credits and rewards.
businesses-trades = Trades
businesses-trades-how = One to five trades. Type a name and choose from the list; the first is your main trade.
businesses-main-trade = Main trade
businesses-further-trade = Further trade
businesses-place = Place
businesses-regions = Regions served
businesses-regions-how = A country, or a country and the beginning of a postal code, separated by commas: DE 10, DE 14, AT
businesses-regions-list = Regions
businesses-description = About us
businesses-ideal-referral = The referral we wish for
businesses-website = Website
businesses-phone = Phone
businesses-tax-number = VAT number
businesses-tax-number-hint = Optional. Only compared, never kept or shown: so nobody is referred to himself.
businesses-tax-number-stated = A number is stated. It is only compared and cannot be shown; type another to replace it.
businesses-tax-number-remove = Take the stated number away
businesses-edit = Edit the profile
businesses-exclusions = No exchange
businesses-exclusions-why = Only you see this. Excluded businesses are simply not suggested and cannot be chosen.
businesses-exclusions-none = You exclude nobody. You can do so on a partner’s page.
businesses-not-from = Take no referrals from them
businesses-from-again = Take referrals from them again
businesses-not-to = Give no referrals to them
businesses-to-again = Give referrals to them again
businesses-not-from-short = you take no referrals from them
businesses-not-to-short = you give no referrals to them
businesses-settings = Our business
businesses-capacity = Taking referrals
businesses-is-open = You take referrals.
businesses-is-paused = You take no referrals at the moment.
businesses-pause = Pause
businesses-resume = Take referrals again
businesses-profile = Profile
businesses-name = Name of the business
businesses-city = Place
businesses-open-referrals-max = Open referrals at the same time, at most
businesses-commission-sentence = Commission sentence
businesses-commission-sentence-why = If you pay for referrals, this sentence tells the customer, in every introduction. Without it the introduction says that nobody receives a commission.
businesses-save = Save
businesses-customers = Our customers
businesses-customers-why = Paste the e-mail addresses and phone numbers of your customers. They are turned into keyed hashes at once; the list itself is neither stored nor shown. That is how “already your customer?” is answered before a referral is passed.
businesses-customers-count =
    { $count ->
        [0] Nothing is remembered yet.
        [one] One address or number is remembered.
       *[other] { $count } addresses and numbers are remembered.
    }
businesses-customers-list = Addresses and phone numbers, one a line (at most 5,000)
businesses-customers-remember = Remember
businesses-customers-forget = Forget all of them
businesses-customers-forget-means = This cannot be taken back: the fingerprints are deleted, and you would import the list again.
businesses-imported-added =
    { $count ->
        [0] Nothing was new.
        [one] One entry was new and is remembered now.
       *[other] { $count } entries were new and are remembered now.
    }
businesses-imported-known =
    { $count ->
        [one] One entry was known already.
       *[other] { $count } entries were known already.
    }
businesses-imported-unreadable =
    { $count ->
        [one] One entry is neither an address nor a phone number. Its place in the list:
       *[other] { $count } entries are neither an address nor a phone number. Their places in the list:
    }
done-businesses-saved = Saved.
done-businesses-customers-forgotten = All customers’ hashes are gone.
field-not-a-trade = Please choose a trade from the list.
field-a-group-of-trades = This is a group: please choose one of its trades.
field-named-twice = Something is named twice.
field-too-many = These are too many.
field-not-a-website = Please write the whole address, such as https://example.org.
field-regulated-trade = A regulated trade promises no advantage for a referral.
field-link-or-number = No links, addresses or phone numbers here, please.
field-not-a-business = Please choose another business.
problem-not-your-business = This is another business: only its own people may change it.
problem-trade-in-use = You are a member of a circle with one of these trades. Leave the circle first, or keep the trade.
problem-commission-promised = A regulated trade promises no commission. Clear the commission sentence first.
problem-too-many-customers = More customers cannot be remembered.
businesses-own-profile = Our profile
businesses-pass-referral = Pass a referral
businesses-no-ideal = Nothing is said about it yet.
businesses-no-ideal-own = Say whom you would like to meet: others pass what they recognise.
businesses-answers = How offers are answered
businesses-answers-within = Usually answers within { $span }.
businesses-answers-accepted = Accepts { $percent }% of what is offered.
businesses-answers-few = Nothing typical can be said below { $needed } answers.
businesses-together = Circles you share
businesses-together-none = You share no circle, and referrals are passed inside circles.
public-title = Public page
public-explained = A page about your business that everybody can read without an account: for your card, your van, your e-mail’s last line.
public-is-on = switched on
public-is-off = Your public page is switched off. An owner of your business can switch it on.
public-link = Your link
public-copy = Copy the link
public-copied = Copied
public-code = QR code
public-card = Contact card
public-code-told = QR code that leads to the public page of { $business }
public-what = It shows name, trades, regions, place, website and the referral you wish for. No phone number, and nothing of any person. Who reads it is not recorded.
public-choose = Show your business
public-on = Show the page to everybody who has the link
public-indexed = Search engines may list it
public-address-stays = The address is made of your name at the first time and stays, so that what is printed keeps working. Switched off, it looks as if there had never been a page.
businesses-country-short = Country
