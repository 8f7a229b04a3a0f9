//! What a party's fields can hold: closed choices that rules name, and lists that the administrator edits.

use meta::{PickList, choices, item, list};

choices! {
    /// What a party is: decides which fields it has.
    pub enum Kind {
        Company = "company" "Company",
        Person  = "person"  "Person",
    }
}

choices! {
    /// What a stage means to rules and reports.
    pub enum Stage {
        Lead     = "lead"     "Lead",
        Suspect  = "suspect"  "Suspect",
        Prospect = "prospect" "Prospect",
        Customer = "customer" "Customer",
        Former   = "former"   "Former customer",
    }
}

choices! {
    /// What the state of a lead means to rules and reports.
    pub enum LeadState {
        New       = "new"       "New",
        Assigned  = "assigned"  "Assigned",
        Contacted = "contacted" "Contacted",
        Qualified = "qualified" "Qualified",
        Recycled  = "recycled"  "To be taken up again",
        Dead      = "dead"      "Dead",
    }
}

choices! {
    /// Whether one may be contacted for advertising (GDPR, article 6; Italian data protection code, article 130).
    pub enum Consent {
        Given   = "given"   "Given",
        Denied = "denied" "Denied",
    }
}

choices! {
    /// What a role means to rules and reports.
    pub enum Role {
        Customer   = "customer"   "Customer",
        Supplier   = "supplier"   "Supplier",
        Competitor = "competitor" "Competitor",
        Partner    = "partner"    "Partner",
        Other      = "other"      "Other",
    }
}

choices! {
    /// Whether one sells to a business or to a private customer.
    pub enum Market {
        Business = "business" "Business (B2B)",
        Retail   = "retail"   "Retail (B2C)",
    }
}

choices! {
    pub enum Gender {
        Female = "female" "Female",
        Male   = "male"   "Male",
    }
}

choices! {
    /// What they are written to in (ISO 639-1).
    pub enum Language {
        Italian   = "it" "Italian",
        English   = "en" "English",
        German    = "de" "German",
        French    = "fr" "French",
        Spanish   = "es" "Spanish",
        Slovenian = "sl" "Slovenian",
    }
}

pub static STAGES: PickList = list("party_stage", "Stage").classes::<Stage>().items(&[
    item("lead", "Lead").class("lead").colour("hollow").aliases(&["Contatto", "Nominativo"]),
    item("suspect", "Suspect").class("suspect").colour("hollow"),
    item("prospect", "Prospect").class("prospect").colour("half").aliases(&[
        "Potenziale",
        "Cliente potenziale",
        "Potential",
    ]),
    item("customer", "Customer").class("customer").colour("full").aliases(&["Cliente", "Clienti", "Cliente attivo"]),
    item("former", "Former customer").class("former").colour("grey").aliases(&[
        "Ex cliente",
        "Cliente perso",
        "Cessato",
        "Former",
    ]),
]);

pub static LEAD_STATES: PickList = list("lead_state", "State of a lead").classes::<LeadState>().items(&[
    item("new", "New").class("new").colour("hollow").aliases(&["Nuovo"]),
    item("assigned", "Assigned").class("assigned").colour("hollow").aliases(&["Assegnato"]),
    item("contacted", "Contacted").class("contacted").colour("half").aliases(&["Contattato"]),
    item("qualified", "Qualified").class("qualified").colour("full").aliases(&["Qualificato"]),
    item("recycled", "To be taken up again").class("recycled").colour("half").aliases(&["Riciclato", "Recycled"]),
    item("dead", "Dead").class("dead").colour("grey").aliases(&["Morto", "Perso", "Scartato", "Dead"]),
]);

pub static RATINGS: PickList = list("lead_rating", "Rating").items(&[
    item("hot", "Hot").colour("full").aliases(&["Caldo", "A"]),
    item("warm", "Warm").colour("half").aliases(&["Tiepido", "B"]),
    item("cold", "Cold").colour("hollow").aliases(&["Freddo", "C"]),
]);

pub static CONSENT_WAYS: PickList = list("consent_way", "How consent was given").items(&[
    item("in_person", "In person"),
    item("telephone", "On the phone").aliases(&["Telefono"]),
    item("website", "Form on the web site").aliases(&["Modulo web", "Sito"]),
    item("email", "By e-mail").aliases(&["E-mail"]),
    item("paper", "Signed on paper").aliases(&["Modulo cartaceo"]),
    item("fair", "At a trade fair").aliases(&["Fiera"]),
]);

pub static ROLES: PickList = list("party_role", "Role").classes::<Role>().items(&[
    item("customer", "Customer").class("customer").aliases(&["Cliente", "Clienti"]),
    item("supplier", "Supplier").class("supplier").aliases(&["Fornitore", "Fornitori", "Vendor"]),
    item("competitor", "Competitor").class("competitor").aliases(&["Concorrente", "Concorrenza"]),
    item("partner", "Partner").class("partner"),
    item("other", "Other").class("other").aliases(&["Altro", "Altri"]),
]);

pub static TYPES: PickList = list("party_type", "Type").classes::<Market>().items(&[
    item("industry", "Industry").class("business"),
    item("crafts", "Crafts").class("business"),
    item("trade", "Trade").class("business"),
    item("services", "Services").class("business"),
    item("professional", "Professional").class("business"),
    item("public_body", "Public body").class("business"),
    item("association", "Association").class("business"),
    item("private", "Private customer").class("retail").aliases(&["Privato", "Privati", "Consumatore"]),
]);

/// By the divisions of ATECO 2007, as people speak of them.
pub static SECTORS: PickList = list("party_sector", "Sector").items(&[
    item("metalworking", "Metalworking"),
    item("machinery", "Machinery and plants"),
    item("plastics", "Rubber and plastics"),
    item("textile", "Textiles and clothing"),
    item("food", "Food"),
    item("wood_furniture", "Wood and furniture"),
    item("construction", "Construction"),
    item("electrical", "Electrical and plumbing"),
    item("chemicals", "Chemicals and paints"),
    item("packaging", "Paper and packaging"),
    item("logistics", "Transport and logistics"),
    item("wholesale", "Wholesale"),
    item("retail", "Retail"),
    item("it_services", "Information technology"),
    item("professional", "Professional services"),
    item("hospitality", "Hotels and restaurants"),
    item("automotive", "Cars and garages"),
    item("agriculture", "Agriculture and gardening"),
]);

/// The forms of Italian law (Civil Code, articles 2247 and following), and what else trades.
pub static LEGAL_FORMS: PickList = list("legal_form", "Legal form").items(&[
    item("srl", "S.r.l."),
    item("srls", "S.r.l.s."),
    item("spa", "S.p.A."),
    item("sapa", "S.a.p.A."),
    item("snc", "S.n.c."),
    item("sas", "S.a.s."),
    item("sole_trader", "Sole trader").aliases(&["Ditta individuale", "Impresa individuale"]),
    item("cooperative", "Cooperative").aliases(&["Soc. Coop.", "Società cooperativa"]),
    item("consortium", "Consortium"),
    item("partnership", "Professional partnership").aliases(&["Studio associato"]),
    item("association", "Association"),
    item("public_body", "Public body"),
    item("foreign", "Foreign company"),
]);

pub static SOURCES: PickList = list("party_source", "Source").items(&[
    item("agent", "Agent"),
    item("referral", "Word of mouth"),
    item("fair", "Trade fair"),
    item("website", "Web site"),
    item("campaign", "Campaign"),
    item("phone_book", "Phone book"),
    item("other", "Other"),
]);

pub static TAGS: PickList = list("party_tag", "Tag").open();
