//! The registry: companies and people in one table, because everything else links to a party without asking which it is.

mod lists;
mod rules;

use base::codes::Code;
use base::{Money, Rid};
use chrono::{DateTime, NaiveDate, Utc};
use engine::users::USER;
use meta::entity::IN_CHARGE;
use meta::field::{
    addresses, choice, code, codes, date, emails, instant, involved, link, long_text, money, number, phones, pick,
    picks, picture, text, tick, web_links,
};
use meta::{Address, Condition, Entity, Face, Involved, Item, Pick, entity, face, fields, is};

use crate::involvement;

pub use rules::{called_as, is_converted};

pub use lists::{
    CONSENT_WAYS, Consent, Gender, Kind, LEAD_STATES, LEGAL_FORMS, Language, LeadState, Market, RATINGS,
    ROLES as ROLE_LIST, Role, SECTORS, SOURCES, STAGES, Stage, TAGS as TAG_LIST, TYPES,
};

fields! {
    KIND: Option<Kind> = choice::<Kind, _>("kind", "Company or person").required().filtered().starts_as("company")
        .aliases(&["A/P", "Azienda/Persona", "Tipo anagrafica", "Tipo soggetto", "Kind"]);
    /// The title: follows from the names.
    NAME: String = text("name", "Name").read_only().search().sorted();
    /// The number that the old program gave.
    CODE: Option<String> = text("code", "Code").longest(40).search()
        .aliases(&["Cod.", "Codice", "Cod", "Codice cliente", "Codice anagrafica", "Cod. cliente", "ID", "Number", "Customer no."]);

    LEGAL_NAME: Option<String> = text("legal_name", "Legal name").search()
        .shown(is(&KIND, &["company"])).required_when(is(&KIND, &["company"]))
        .aliases(&["Ragione sociale", "Rag. Soc.", "Rag. Sociale", "Denominazione", "Azienda", "Ditta", "Società", "Nominativo",
            "Company", "Company name", "Organization", "Account name"]);
    TRADE_NAME: Option<String> = text("trade_name", "Trade name").search().shown(is(&KIND, &["company"]))
        .aliases(&["Insegna", "Nome commerciale", "Ragione sociale 2", "Trading as", "DBA"]);
    LEGAL_FORM: Pick = pick("legal_form", "Legal form", &LEGAL_FORMS).shown(is(&KIND, &["company"]))
        .aliases(&["Forma giuridica", "Natura giuridica"]);
    SECTOR: Pick = pick("sector", "Sector", &SECTORS).shown(is(&KIND, &["company"]))
        .aliases(&["Settore", "Attività", "Settore merceologico", "Industry"]);
    EMPLOYEES: Option<i64> = number("employees", "Employees").shown(is(&KIND, &["company"]))
        .aliases(&["Addetti", "Dipendenti", "N. dipendenti", "Numero dipendenti"]);
    REVENUE: Option<Money> = money("revenue", "Revenue").sorted().shown(is(&KIND, &["company"]))
        .aliases(&["Fatturato", "Fatturato ult. anno", "Fatturato annuo", "Turnover", "Annual revenue"]);
    MEMBER_OF: Option<Rid> = link("member_of", "Member of", &PARTY).among(is(&KIND, &["company"])).acyclic()
        .panel("Member companies").shown(is(&KIND, &["company"]))
        .aliases(&["Gruppo", "Capogruppo", "Controllante", "Parent account"]);

    /// Of a lead that is a company, who speaks for it: a person of its own once it is converted.
    HONORIFIC: Option<String> = text("honorific", "Title").longest(40).shown(A_PERSON)
        .aliases(&["Titolo", "Tit.", "Salutation"]);
    FIRST_NAME: Option<String> = text("first_name", "First name").longest(90)
        .shown(A_PERSON).required_when(is(&KIND, &["person"]))
        .aliases(&["Nome", "Given name"]);
    LAST_NAME: Option<String> = text("last_name", "Last name").longest(90).sorted()
        .shown(A_PERSON).required_when(is(&KIND, &["person"]))
        .aliases(&["Cognome", "Surname", "Family name"]);
    JOB: Option<String> = text("job", "Job").shown(A_PERSON)
        .aliases(&["Mansione", "Professione", "Qualifica", "Incarico", "Posizione", "Job title"]);
    /// Not "gender": that is the grammatical one in the language files.
    SEX: Option<Gender> = choice::<Gender, _>("sex", "Gender").shown(is(&KIND, &["person"]))
        .aliases(&["Sesso", "Genere", "Sex", "M/F"]);
    BORN_ON: Option<NaiveDate> = date("born_on", "Born on").shown(is(&KIND, &["person"]))
        .aliases(&["Nato il", "Nata il", "Data di nascita", "Data nascita", "Birth date", "Date of birth", "Birthday"]);
    BORN_IN: Option<String> = text("born_in", "Born in").shown(is(&KIND, &["person"]))
        .aliases(&["Nato a", "Nata a", "Luogo di nascita", "Comune di nascita", "Birthplace"]);

    /// Of persons too: professionals have one.
    VAT_NUMBER: Option<String> = code("vat_number", "VAT number", Code::VatNumber).search()
        .aliases(&["P.IVA", "P. IVA", "Partita IVA", "PIVA", "Part. IVA", "VAT", "VAT no.", "VAT ID"]);
    TAX_CODE: Option<String> = code("tax_code", "Tax code", Code::TaxCode).search()
        .aliases(&["Cod. Fiscale", "Codice fiscale", "C.F.", "CF", "Cod. Fisc.", "Fiscal code"]);
    SDI_CODE: Option<String> = code("sdi_code", "SDI code", Code::SdiCode)
        .aliases(&["Codice SDI", "SDI", "Codice destinatario", "Cod. destinatario", "Codice univoco"]);
    PEC: Option<String> = text("pec", "PEC").search().hint("Certified e-mail, where electronic invoices can go")
        .aliases(&["Indirizzo PEC", "E-mail PEC", "Posta certificata"]);
    IBANS: Vec<Item> = codes("ibans", "IBANs", Code::Iban).aliases(&["IBAN", "Conto corrente", "Coordinate bancarie"]);

    PHONES: Vec<Item> = phones("phones", "Phones").search()
        .aliases(&["Telefono", "Tel.", "Tel", "Telefono 1", "Telefono 2", "Cellulare", "Cell.", "Mobile", "Fax", "Phone"]);
    EMAILS: Vec<Item> = emails("emails", "E-mails").search()
        .aliases(&["E-mail", "Email", "Mail", "Posta elettronica", "Indirizzo e-mail", "E-mail address"]);
    WEB: Vec<Item> = web_links("web", "Web and social profiles")
        .aliases(&["Sito Internet", "Sito", "Sito web", "Web", "Website", "URL", "Homepage"]);
    ADDRESSES: Vec<Address> = addresses("addresses", "Addresses").aliases(&["Indirizzo", "Via", "Sede", "Address"]);
    /// Of the primary address, as are the next two.
    TOWN: Option<String> = text("town", "Town").read_only().search().filtered();
    PROVINCE: Option<String> = text("province", "Province").read_only();
    REGION: Option<String> = text("region", "Region").read_only();

    STAGE: Pick<Stage> = pick("stage", "Stage", &STAGES).filtered()
        .aliases(&["Stadio", "Stato", "Stato cliente", "Categoria", "Status"]);
    ROLES: Vec<Pick<Role>> = picks("roles", "Roles", &ROLE_LIST).besides("stage").aliases(&["Ruoli", "Ruolo", "Categoria", "Category", "Role"]);
    TYPE: Pick<Market> = pick("type", "Type", &TYPES).aliases(&["Tipo", "Tipologia", "Tipo cliente", "Customer type"]);
    TAGS: Vec<String> = picks("tags", "Tags", &TAG_LIST).search().aliases(&["Etichette", "Tag", "Parole chiave", "Labels"]);
    SOURCE: Pick = pick("source", "Source", &SOURCES).aliases(&["Fonte", "Provenienza", "Origine", "Lead source"]);
    INVOLVED: Involved = involved("involved", "Subjects involved", &involvement::ROLES).panel("Companies and people")
        .aliases(&["Soggetti", "Soggetti coinvolti", "Segnalatore", "Segnalato da", "Agenzia", "Agents"]);
    LANGUAGE: Option<Language> = choice::<Language, _>("language", "Language").aliases(&["Lingua"]);
    CUSTOMER_SINCE: Option<NaiveDate> = date("customer_since", "Customer since")
        .aliases(&["Cliente dal", "Data acquisizione", "Data inizio rapporto", "Since"]);
    /// How far one has come with a lead.
    LEAD_STATE: Pick<LeadState> = pick("lead_state", "State of the lead", &LEAD_STATES).filtered().shown(is(&STAGE, &["lead"]))
        .aliases(&["Stato lead", "Stato contatto", "Lead status"]);
    RATING: Pick = pick("rating", "Rating", &RATINGS).shown(is(&STAGE, &["lead"])).aliases(&["Valutazione", "Temperatura", "Rating"]);
    INTEREST: Option<String> = text("interest", "Interest").search().shown(is(&STAGE, &["lead"]))
        .aliases(&["Interesse", "Interessato a", "Prodotto di interesse", "Interested in"]);
    CONVERTED_AT: Option<DateTime<Utc>> = instant("converted_at", "Converted at").read_only();
    CONVERTED_BY: Option<Rid> = link("converted_by", "Converted by", &USER).read_only();
    CONSENT: Option<Consent> = choice::<Consent, _>("consent", "Consent to be contacted")
        .aliases(&["Consenso", "Consenso marketing", "Privacy", "Consent"]);
    CONSENT_ON: Option<NaiveDate> = date("consent_on", "Consent since").shown(is(&CONSENT, &["given", "denied"]))
        .aliases(&["Data consenso", "Consent date"]);
    CONSENT_HOW: Pick = pick("consent_how", "How it was said", &CONSENT_WAYS).shown(is(&CONSENT, &["given", "denied"]))
        .aliases(&["Modalità consenso", "Consenso tramite"]);
    DO_NOT_CALL: bool = tick("do_not_call", "Do not call").aliases(&["Non chiamare", "Non telefonare"]);
    DO_NOT_CALL_SINCE: Option<NaiveDate> = date("do_not_call_since", "Do not call since").read_only()
        .shown(is(&DO_NOT_CALL, &["true"]));
    DO_NOT_MAIL: bool = tick("do_not_mail", "Do not mail").aliases(&["Non scrivere", "No mail", "No newsletter"]);
    DO_NOT_MAIL_SINCE: Option<NaiveDate> = date("do_not_mail_since", "Do not mail since").read_only()
        .shown(is(&DO_NOT_MAIL, &["true"]));
    DESCRIPTION: Option<String> = long_text("description", "Description")
        .aliases(&["Note", "Annotazioni", "Descrizione", "Notes", "Comments"]);
    PICTURE: Option<String> = picture("picture", "Picture or logo");
}

/// Named by first and last name: a person, or the contact that a lead has beside its company.
const A_PERSON: Condition = is(&KIND, &["person"]).or(&A_LEAD);
static A_LEAD: Condition = is(&STAGE, &["lead"]);

pub static PARTY: Entity = entity("party", "parties", "Registry entry", "Registry")
    .icon("id")
    .guide("registry")
    .title(&NAME)
    .picture(&PICTURE)
    .subtitle(&[&TRADE_NAME, &JOB, &TOWN])
    .section(
        "Details",
        &[
            &KIND,
            &LEGAL_NAME,
            &TRADE_NAME,
            &HONORIFIC,
            &FIRST_NAME,
            &LAST_NAME,
            &JOB,
            &VAT_NUMBER,
            &TAX_CODE,
            &SDI_CODE,
            &PEC,
            &SECTOR,
            &TYPE,
            &EMPLOYEES,
            &REVENUE,
            &LEGAL_FORM,
            &MEMBER_OF,
            &SEX,
            &BORN_ON,
            &BORN_IN,
        ],
    )
    .section("Contact details", &[&PHONES, &EMAILS, &WEB])
    .section("Addresses", &[&ADDRESSES])
    .section("Relationship", &[&STAGE, &ROLES, &CUSTOMER_SINCE, &SOURCE, &INVOLVED, &LANGUAGE, &CODE, &IBANS, &TAGS])
    .section("Lead", &[&LEAD_STATE, &RATING, &INTEREST, &CONVERTED_AT, &CONVERTED_BY])
    .section(
        "Consent",
        &[&CONSENT, &CONSENT_ON, &CONSENT_HOW, &DO_NOT_CALL, &DO_NOT_CALL_SINCE, &DO_NOT_MAIL, &DO_NOT_MAIL_SINCE],
    )
    .section("Notes", &[&DESCRIPTION, &PICTURE])
    .list(&[&NAME, &KIND, &STAGE, &ROLES, &TOWN, &PHONES, &EMAILS, &IN_CHARGE])
    .kept(&[&PROVINCE, &REGION])
    .quick(&[&KIND, &LEGAL_NAME, &FIRST_NAME, &LAST_NAME, &STAGE, &VAT_NUMBER, &PHONES, &EMAILS])
    .keys(&[&CODE, &VAT_NUMBER, &TAX_CODE, &EMAILS, &PHONES])
    .faces(&[&COMPANIES, &PEOPLE, &LEADS])
    .board(&STAGE, &[&TOWN, &ROLES, &PHONES], None)
    .rules(rules::ALL);

pub static COMPANIES: Face = face("companies", "Company", "Companies", "building-store")
    .only(&[is(&KIND, &["company"])])
    .list(&[&NAME, &STAGE, &ROLES, &TOWN, &PHONES, &REVENUE, &IN_CHARGE])
    .go('Z');

pub static PEOPLE: Face = face("people", "Person", "People", "users")
    .only(&[is(&KIND, &["person"])])
    .round()
    .list(&[&NAME, &JOB, &PHONES, &EMAILS, &TOWN, &STAGE, &IN_CHARGE])
    .go('P');

pub static LEADS: Face = face("leads", "Lead", "Leads", "inbox")
    .only(&[is(&STAGE, &["lead"])])
    .list(&[&NAME, &LEAD_STATE, &RATING, &SOURCE, &TOWN, &PHONES, &EMAILS, &IN_CHARGE])
    .board(&LEAD_STATE, &[&INTEREST, &TOWN, &PHONES, &RATING], None)
    .go('L')
    .guide("registry#leads");
