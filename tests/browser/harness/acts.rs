//! What people do again and again, by the pages.

use std::time::Duration;

use fantoccini::Locator;

use super::Browser;

/// Everybody's password here.
pub const PASSWORD: &str = "a long enough passphrase 7";

/// Who registers, and which business.
#[derive(Debug, Clone, Copy)]
pub struct Registration<'r> {
    pub name: &'r str,
    pub email: &'r str,
    pub business: &'r str,
    pub trade: &'r str,
}

impl Browser {
    /// Types a registration into the form that is shown.
    pub async fn fill_registration(&self, who: &Registration<'_>) {
        for (name, value) in [
            ("business_name", who.business),
            ("country", "DE"),
            ("postal_code", "50667"),
            ("city", "Köln"),
            ("trade", who.trade),
            ("name", who.name),
            ("email", who.email),
            ("password", PASSWORD),
        ] {
            self.fill(name, value).await;
        }
    }

    /// Registers a business and its first person.
    pub async fn register(&self, who: &Registration<'_>) {
        self.goto("/register").await;
        self.fill_registration(who).await;
        self.submit("/register").await;
    }

    /// Registers, confirms the address by the link in the mail, and signs in.
    pub async fn arrive(&self, who: &Registration<'_>) {
        self.register(who).await;
        let link = self.link_in_mail(who.email, "/confirm/").await;
        self.goto(&link).await;
        self.click("main form button").await;
        self.sign_in(who.email).await;
    }

    pub async fn sign_in(&self, email: &str) {
        self.sign_in_with(email, PASSWORD).await;
    }

    pub async fn sign_in_with(&self, email: &str, password: &str) {
        self.goto("/sign-in").await;
        self.fill("email", email).await;
        self.fill("password", password).await;
        self.submit("/sign-in").await;
        assert_eq!(self.path().await, "/", "{}", self.text().await);
    }

    pub async fn sign_out(&self) {
        self.client.delete_all_cookies().await.unwrap();
    }

    /// Opens the newest mail to an address and answers its first link whose address contains `part`; waits for the mail.
    pub async fn link_in_mail(&self, to: &str, part: &str) -> String {
        self.text_and_link_in_mail(to, part).await.1
    }

    /// The same with the text of the mail.
    pub async fn text_and_link_in_mail(&self, to: &str, part: &str) -> (String, String) {
        let list = format!("/mailbox?to={}", url::form_urlencoded::byte_serialize(to.as_bytes()).collect::<String>());
        for _ in 0..100 {
            self.goto(&list).await;
            for mail in self.hrefs("a[href^='/mailbox/mai_']").await {
                self.goto(&mail).await;
                if let Some(link) = self.hrefs("pre a").await.into_iter().find(|link| link.contains(part)) {
                    return (self.text().await, link);
                }
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("no mail to {to} has a link to {part}");
    }

    /// Where the links that this selector finds lead.
    pub async fn hrefs(&self, selector: &str) -> Vec<String> {
        let mut found = Vec::new();
        for link in self.client.find_all(Locator::Css(selector)).await.unwrap() {
            found.push(link.attr("href").await.unwrap().unwrap_or_default());
        }
        found
    }

    /// Lets the server see what the browser itself would refuse.
    pub async fn without_browser_checks(&self) {
        self.client.execute("document.querySelectorAll('form').forEach(form => form.noValidate = true)", Vec::new()).await.unwrap();
    }

    /// Waits for a mail to an address whose text holds all of these; answers its text.
    pub async fn mail_saying(&self, to: &str, words: &[&str]) -> String {
        let list = format!("/mailbox?to={}", url::form_urlencoded::byte_serialize(to.as_bytes()).collect::<String>());
        let mut texts = Vec::new();
        for _ in 0..100 {
            self.goto(&list).await;
            texts.clear();
            for mail in self.hrefs("a[href^='/mailbox/mai_']").await {
                self.goto(&mail).await;
                let text = self.text().await;
                if words.iter().all(|word| text.contains(word)) {
                    return text;
                }
                texts.push(text);
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        panic!("no mail to {to} says {words:?}, only {texts:#?}");
    }
}
