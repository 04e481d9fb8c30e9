home-welcome-title = What you give comes back
home-welcome-what = On Kularing businesses pass each other customers: qualified, with consent, and so that everybody sees what comes back.
home-welcome-pass = Pass a referral in a minute, to somebody of your circle whom you trust.
home-welcome-consent = Nobody’s contact data is passed on before both sides have agreed.
home-welcome-back = You see what became of it, and how what you gave comes back, often through a third business.
home-welcome-name = In the Kula ring of the Trobriand Islands gifts travel from island to island, always in one direction. Whoever gives is repaid, and not by the one he gave to.
home-waiting-title = What waits for you
home-nothing-waits = Nothing waits for you. Do you know somebody who needs something that a partner does well?
home-waits-answer-offer = A referral is offered to you: accept or decline
home-waits-make-contact = You are introduced: make the first contact
home-waits-tell-outcome = Tell what became of it
home-waits-pass-on = Not taken: pass it on to somebody else
home-waits-decide-dispute = Decide a dispute in your circle
home-waits-finish-draft = Finish your draft
home-pass-referral = Pass a referral
home-look-at-circles = Look at your circles
home-hello = Hello, { $name }
home-given-lately = What you gave lately
home-all-referrals = All referrals
home-nothing-yet = Nothing waits for you yet. Pass the first referral: whom could a partner of yours help?
home-find-partners = Find partners
home-waits-prospect-silent = The receiver agreed; the prospect has not answered yet
home-no-business = You belong to no business here, so nothing waits for you. You can look at circles and partners.
home-lately = What happened lately
home-waits-applications = { $count ->
        [one] One application to decide
       *[other] { $count } applications to decide
    }
home-waits-cases = { $count ->
        [one] One group of members to look at
       *[other] { $count } groups of members to look at
    }
