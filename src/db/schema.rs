//! The tables, as diesel sees them on both databases: BIGINT, INTEGER, SMALLINT, TEXT and BOOLEAN, nothing else.
//! The migrations are the truth; a test holds this file against them.

diesel::table! {
    balance (circle_id, business_id) {
        circle_id -> BigInt,
        business_id -> BigInt,
        given -> BigInt,
        received -> BigInt,
        pending_given -> BigInt,
        pending_received -> BigInt,
    }
}

diesel::table! {
    business (id) {
        id -> BigInt,
        name -> Text,
        description -> Text,
        ideal_referral -> Text,
        website -> Nullable<Text>,
        phone -> Nullable<Text>,
        country -> Text,
        postal_code -> Text,
        city -> Text,
        open_referrals_max -> Integer,
        paused -> Bool,
        commission_sentence -> Nullable<Text>,
        search_words -> Text,
        created_at -> BigInt,
        version -> Integer,
        closed_at -> Nullable<BigInt>,
        tax_key -> Nullable<Text>,
    }
}

diesel::table! {
    business_exclusion (business_id, direction, other_business_id) {
        business_id -> BigInt,
        direction -> SmallInt,
        other_business_id -> BigInt,
        created_at -> BigInt,
    }
}

diesel::table! {
    business_region (business_id, country, postal_prefix) {
        business_id -> BigInt,
        country -> Text,
        postal_prefix -> Text,
    }
}

diesel::table! {
    business_trade (business_id, trade) {
        business_id -> BigInt,
        trade -> Text,
        position -> Integer,
    }
}

diesel::table! {
    capability (id) {
        id -> BigInt,
        purpose -> SmallInt,
        subject_id -> BigInt,
        version -> Integer,
        token_hash -> Text,
        created_at -> BigInt,
        expires_at -> Nullable<BigInt>,
        used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    chain_link (circle_id, position) {
        circle_id -> BigInt,
        position -> Integer,
        trade -> Text,
    }
}

diesel::table! {
    circle (id) {
        id -> BigInt,
        kind -> SmallInt,
        name -> Text,
        description -> Text,
        language -> SmallInt,
        time_zone -> Text,
        policy_version -> Integer,
        open_to_applications -> Bool,
        created_at -> BigInt,
        version -> Integer,
    }
}

diesel::table! {
    circle_invitation (id) {
        id -> BigInt,
        circle_id -> BigInt,
        kind -> SmallInt,
        email -> Nullable<Text>,
        email_normalised -> Nullable<Text>,
        words -> Nullable<Text>,
        capability_id -> BigInt,
        uses_left -> Integer,
        invited_by -> BigInt,
        created_at -> BigInt,
        expires_at -> BigInt,
        revoked_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    circle_policy (circle_id, version) {
        circle_id -> BigInt,
        version -> Integer,
        body -> Text,
        created_by -> Nullable<BigInt>,
        created_at -> BigInt,
    }
}

diesel::table! {
    colleague_invitation (id) {
        id -> BigInt,
        business_id -> BigInt,
        email -> Text,
        email_normalised -> Text,
        role -> SmallInt,
        invited_by -> BigInt,
        created_at -> BigInt,
        expires_at -> BigInt,
        accepted_at -> Nullable<BigInt>,
        revoked_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    consent (id) {
        id -> BigInt,
        introduction_id -> BigInt,
        referral_id -> BigInt,
        kind -> SmallInt,
        person_key -> Text,
        purpose -> Text,
        receiver_business_id -> BigInt,
        receiver_name -> Text,
        wording -> Text,
        wording_version -> Text,
        language -> SmallInt,
        channel -> SmallInt,
        witness_person_id -> Nullable<BigInt>,
        given_at -> Nullable<BigInt>,
        at -> BigInt,
        wording_hash -> Nullable<Text>,
    }
}

diesel::table! {
    customer_key (business_id, key_hash) {
        business_id -> BigInt,
        key_hash -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    dispute (id) {
        id -> BigInt,
        referral_id -> BigInt,
        circle_id -> BigInt,
        state -> SmallInt,
        reason -> SmallInt,
        words -> Text,
        opened_by -> BigInt,
        opened_at -> BigInt,
        decided_by -> Nullable<BigInt>,
        decided_at -> Nullable<BigInt>,
        decision_words -> Nullable<Text>,
    }
}

diesel::table! {
    event (id) {
        id -> BigInt,
        kind -> SmallInt,
        at -> BigInt,
        actor_kind -> SmallInt,
        actor_person_id -> Nullable<BigInt>,
        actor_business_id -> Nullable<BigInt>,
        circle_id -> Nullable<BigInt>,
        business_id -> Nullable<BigInt>,
        person_id -> Nullable<BigInt>,
        referral_id -> Nullable<BigInt>,
        note -> Nullable<Text>,
        data -> Text,
    }
}

diesel::table! {
    hold (id) {
        id -> BigInt,
        circle_id -> BigInt,
        referral_id -> BigInt,
        giver_business_id -> BigInt,
        receiver_business_id -> BigInt,
        amount -> BigInt,
        state -> SmallInt,
        placed_at -> BigInt,
        resolved_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    idempotent_answer (id) {
        id -> BigInt,
        caller -> Text,
        idempotency_key -> Text,
        request_hash -> Text,
        status -> Nullable<SmallInt>,
        content_type -> Nullable<Text>,
        location -> Nullable<Text>,
        etag -> Nullable<Text>,
        body -> Nullable<Text>,
        created_at -> BigInt,
    }
}

diesel::table! {
    introduction (id) {
        id -> BigInt,
        referral_id -> BigInt,
        receiver_business_id -> BigInt,
        circle_id -> BigInt,
        giver_business_id -> BigInt,
        state -> SmallInt,
        consent_path -> SmallInt,
        language -> SmallInt,
        prospect_answer -> Nullable<SmallInt>,
        prospect_answered_at -> Nullable<BigInt>,
        receiver_agreed_at -> Nullable<BigInt>,
        asked_at -> Nullable<BigInt>,
        delivered_at -> Nullable<BigInt>,
        expires_at -> BigInt,
        undo_until -> Nullable<BigInt>,
        attested_how -> Nullable<SmallInt>,
        attested_when -> Nullable<BigInt>,
        attested_words -> Nullable<Text>,
        answers_count -> Integer,
        scanner_suspected -> Bool,
        code -> Text,
        code_failures -> Integer,
        address_key -> Nullable<Text>,
        phone_key -> Nullable<Text>,
        answer_link_id -> BigInt,
        stop_link_id -> BigInt,
        withdrawn_at -> Nullable<BigInt>,
        wiped_at -> Nullable<BigInt>,
        created_at -> BigInt,
        version -> Integer,
        tax_key -> Nullable<Text>,
    }
}

diesel::table! {
    ledger_head (circle_id) {
        circle_id -> BigInt,
        seq -> BigInt,
        hash -> Text,
    }
}

diesel::table! {
    mail (id) {
        id -> BigInt,
        kind -> SmallInt,
        status -> SmallInt,
        phase -> SmallInt,
        attempts -> Integer,
        not_before -> BigInt,
        expires_at -> BigInt,
        lease_until -> Nullable<BigInt>,
        language -> SmallInt,
        recipient_name -> Text,
        recipient_email -> Text,
        recipient_key -> Text,
        recipient_domain -> Text,
        headers -> Text,
        facts -> Text,
        message_id -> Text,
        thread_id -> Nullable<BigInt>,
        subject_id -> BigInt,
        circle_id -> Nullable<BigInt>,
        referral_id -> Nullable<BigInt>,
        resent -> Bool,
        last_error -> Nullable<Text>,
        created_at -> BigInt,
        finished_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    mailbox_message (mail_id) {
        mail_id -> BigInt,
        received_at -> BigInt,
        recipient_email -> Text,
        subject -> Text,
        raw -> Text,
    }
}

diesel::table! {
    meeting (id) {
        id -> BigInt,
        circle_id -> BigInt,
        starts_at -> BigInt,
        place -> Text,
        words -> Nullable<Text>,
        called_off_at -> Nullable<BigInt>,
        version -> Integer,
        created_by -> BigInt,
        created_at -> BigInt,
    }
}

diesel::table! {
    member (id) {
        id -> BigInt,
        circle_id -> BigInt,
        business_id -> BigInt,
        state -> SmallInt,
        is_organiser -> Bool,
        trade -> Text,
        seat -> Nullable<Text>,
        words -> Nullable<Text>,
        applied_at -> BigInt,
        joined_at -> Nullable<BigInt>,
        ended_at -> Nullable<BigInt>,
        version -> Integer,
        suspended_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    offer (id) {
        id -> BigInt,
        referral_id -> BigInt,
        giver_business_id -> BigInt,
        receiver_business_id -> BigInt,
        state -> SmallInt,
        offered_at -> BigInt,
        answer_due_at -> BigInt,
        answered_at -> Nullable<BigInt>,
        answered_by -> Nullable<BigInt>,
        reason -> Nullable<SmallInt>,
    }
}

diesel::table! {
    pair (circle_id, low_business_id, high_business_id) {
        circle_id -> BigInt,
        low_business_id -> BigInt,
        high_business_id -> BigInt,
        low_to_high -> BigInt,
        high_to_low -> BigInt,
    }
}

diesel::table! {
    person (id) {
        id -> BigInt,
        business_id -> Nullable<BigInt>,
        name -> Text,
        email -> Text,
        email_normalised -> Text,
        password_hash -> Text,
        role -> SmallInt,
        language -> SmallInt,
        time_zone -> Text,
        confirmed_at -> Nullable<BigInt>,
        removed_at -> Nullable<BigInt>,
        created_at -> BigInt,
        version -> Integer,
        erase_due_at -> Nullable<BigInt>,
        erased_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    prospect (referral_id) {
        referral_id -> BigInt,
        name -> Text,
        email -> Nullable<Text>,
        phone -> Nullable<Text>,
        company -> Nullable<Text>,
        language -> SmallInt,
        words -> Nullable<Text>,
        email_key -> Nullable<Text>,
        phone_key -> Nullable<Text>,
        tax_key -> Nullable<Text>,
    }
}

diesel::table! {
    public_page (business_id) {
        business_id -> BigInt,
        slug -> Text,
        is_on -> Bool,
        is_indexed -> Bool,
        changed_at -> BigInt,
    }
}

diesel::table! {
    referral (id) {
        id -> BigInt,
        circle_id -> BigInt,
        giver_business_id -> BigInt,
        giver_person_id -> BigInt,
        receiver_business_id -> Nullable<BigInt>,
        state -> SmallInt,
        policy_version -> Integer,
        trade -> Text,
        need -> Text,
        expectation -> Nullable<Text>,
        country -> Text,
        postal_code -> Text,
        worth_min_minor -> Nullable<BigInt>,
        worth_max_minor -> Nullable<BigInt>,
        currency -> Text,
        effort -> SmallInt,
        contact_by -> SmallInt,
        contact_within_hours -> Integer,
        consent_path -> SmallInt,
        inside -> Bool,
        origin_referral_id -> Nullable<BigInt>,
        case_id -> Nullable<BigInt>,
        won_value_minor -> Nullable<BigInt>,
        reason -> Nullable<SmallInt>,
        created_at -> BigInt,
        state_since -> BigInt,
        introduced_at -> Nullable<BigInt>,
        contacted_at -> Nullable<BigInt>,
        closed_at -> Nullable<BigInt>,
        wiped_at -> Nullable<BigInt>,
        version -> Integer,
    }
}

diesel::table! {
    session (id) {
        id -> BigInt,
        person_id -> BigInt,
        kind -> SmallInt,
        token_hash -> Text,
        user_agent -> Text,
        created_at -> BigInt,
        seen_at -> BigInt,
        expires_at -> BigInt,
        ended_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    settlement (id) {
        id -> BigInt,
        circle_id -> BigInt,
        before_hash -> Text,
        first_seq -> BigInt,
        last_seq -> BigInt,
        ring_length -> SmallInt,
        cleared -> BigInt,
        rings -> Integer,
        actor_person_id -> Nullable<BigInt>,
        at -> BigInt,
        undone_by_person_id -> Nullable<BigInt>,
        undone_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    signing_key (kid) {
        kid -> Text,
        private_key_sealed -> Text,
        public_key -> Text,
        created_at -> BigInt,
        signs_from -> BigInt,
        retired_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    spent_refresh_token (token_hash) {
        token_hash -> Text,
        session_id -> BigInt,
        spent_at -> BigInt,
    }
}

diesel::table! {
    suggestion (offer_id) {
        offer_id -> BigInt,
        referral_id -> BigInt,
        circle_id -> BigInt,
        policy_version -> Integer,
        receiver_business_id -> BigInt,
        receiver_rank -> Nullable<Integer>,
        candidates -> Text,
        turn_returned -> Bool,
        created_at -> BigInt,
    }
}

diesel::table! {
    suppression (id) {
        id -> BigInt,
        address_key -> Text,
        scope -> SmallInt,
        circle_id -> BigInt,
        reason -> SmallInt,
        created_at -> BigInt,
    }
}

diesel::table! {
    timer (id) {
        id -> BigInt,
        kind -> SmallInt,
        subject_id -> BigInt,
        due_at -> BigInt,
        attempts -> Integer,
    }
}

diesel::table! {
    transfer (id) {
        id -> BigInt,
        circle_id -> BigInt,
        seq -> BigInt,
        idem -> Text,
        giver_business_id -> BigInt,
        receiver_business_id -> BigInt,
        amount -> BigInt,
        kind -> SmallInt,
        reason -> SmallInt,
        reverses -> Nullable<BigInt>,
        referral_id -> Nullable<BigInt>,
        actor_person_id -> Nullable<BigInt>,
        at -> BigInt,
        prev_hash -> Text,
        hash -> Text,
    }
}

diesel::table! {
    trust_case (id) {
        id -> BigInt,
        circle_id -> BigInt,
        state -> SmallInt,
        facts -> Text,
        opened_at -> BigInt,
        refreshed_at -> BigInt,
        outcome -> Nullable<SmallInt>,
        note -> Nullable<Text>,
        decided_by -> Nullable<BigInt>,
        decided_at -> Nullable<BigInt>,
        version -> Integer,
    }
}

diesel::table! {
    trust_case_member (case_id, business_id) {
        case_id -> BigInt,
        business_id -> BigInt,
    }
}

diesel::table! {
    trust_case_referral (case_id, referral_id) {
        case_id -> BigInt,
        referral_id -> BigInt,
    }
}

diesel::table! {
    turn (circle_id, business_id) {
        circle_id -> BigInt,
        business_id -> BigInt,
        deficit -> BigInt,
        received_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    unwanted_mail (person_id, topic) {
        person_id -> BigInt,
        topic -> SmallInt,
    }
}

diesel::table! {
    wanted_seat (circle_id, trade) {
        circle_id -> BigInt,
        trade -> Text,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    balance,
    business,
    business_exclusion,
    business_region,
    business_trade,
    capability,
    chain_link,
    circle,
    circle_invitation,
    circle_policy,
    colleague_invitation,
    consent,
    customer_key,
    dispute,
    event,
    hold,
    idempotent_answer,
    introduction,
    ledger_head,
    mail,
    mailbox_message,
    meeting,
    member,
    offer,
    pair,
    person,
    prospect,
    public_page,
    referral,
    session,
    settlement,
    signing_key,
    spent_refresh_token,
    suggestion,
    suppression,
    timer,
    transfer,
    trust_case,
    trust_case_member,
    trust_case_referral,
    turn,
    unwanted_mail,
    wanted_seat,
);
