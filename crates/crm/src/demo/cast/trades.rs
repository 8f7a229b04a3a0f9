//! What companies do: sectors, the words their names are made of, their size.

/// A dozen and a half of sectors, by the divisions of ATECO 2007.
pub(super) struct Sector {
    pub key: &'static str,
    pub italian: &'static str,
    pub weight: u32,
    /// Ends of coined names: Edil-"metal".
    pub coined: &'static str,
    /// First words of a name, as "Carpenteria" Brambati, and what such a company does.
    pub trades: &'static [(&'static str, &'static str)],
    /// Typical number of employees, half of the companies have fewer.
    pub employees: f64,
    /// Revenue of an employee, thousands of euro.
    pub productivity: f64,
    pub shops: bool,
}

const fn sector(
    key: &'static str,
    italian: &'static str,
    weight: u32,
    size: (f64, f64),
    coined: &'static str,
    trades: &'static [(&'static str, &'static str)],
) -> Sector {
    Sector { key, italian, weight, coined, trades, employees: size.0, productivity: size.1, shops: false }
}

const fn shops(sector: Sector) -> Sector {
    Sector { shops: true, ..sector }
}

#[rustfmt::skip]
pub(super) static SECTORS: &[Sector] = &[
    sector("metalworking", "Metalmeccanica", 22, (18.0, 190.0), "metal", &[
        ("Carpenteria", "Strutture metalliche su disegno"), ("Officine Meccaniche", "Lavorazioni meccaniche di precisione per conto terzi"),
        ("Torneria", "Minuterie tornite per l'automotive"), ("Fonderia", "Fusioni in ghisa e alluminio"),
        ("Laminati", "Lamiere e nastri in acciaio tagliati a misura"), ("Meccanica", "Particolari meccanici per l'idraulica"),
        ("Fresatura", "Fresatura a cinque assi di piccole serie"), ("Trafilerie", "Filo e barre trafilate in acciaio legato"),
        ("Minuterie Metalliche", "Molle e minuterie tranciate"), ("Lattoneria", "Canali, scossaline e coperture in lamiera"),
    ]),
    sector("machinery", "Macchine e impianti", 9, (22.0, 230.0), "tech", &[
        ("Costruzioni Meccaniche", "Macchine per la lavorazione del legno"), ("Impianti", "Impianti di aspirazione industriale"),
        ("Automazioni", "Linee automatiche di confezionamento"), ("Macchine Utensili", "Vendita e revisione di macchine utensili"),
        ("Oleodinamica", "Centraline e cilindri oleodinamici"), ("Sollevamento", "Gru a bandiera, paranchi e carriponte"),
    ]),
    sector("plastics", "Gomma e plastica", 7, (17.0, 210.0), "plast", &[
        ("Stampi e Plastica", "Stampi e stampaggio a iniezione di articoli tecnici"), ("Plastiche", "Contenitori in polipropilene"),
        ("Gomma", "Guarnizioni e profili in gomma"), ("Stampaggio", "Stampaggio di materie plastiche per conto terzi"),
        ("Estrusi", "Tubi e profili estrusi"),
    ]),
    sector("textile", "Tessile e abbigliamento", 8, (14.0, 140.0), "tex", &[
        ("Tessitura", "Tessuti per arredamento e contract"), ("Filatura", "Filati cardati e pettinati"),
        ("Maglificio", "Maglieria per marchi di moda"), ("Confezioni", "Abiti da lavoro e divise"),
        ("Tintoria", "Tintura e finissaggio per conto terzi"), ("Ricamificio", "Ricami su capi finiti"),
        ("Calzaturificio", "Calzature da donna e antinfortunistiche"),
    ]),
    shops(sector("food", "Alimentari", 9, (12.0, 260.0), "food", &[
        ("Pastificio", "Pasta fresca e ripiena per la ristorazione"), ("Caseificio", "Formaggi stagionati e freschi"),
        ("Molini", "Farine per panificazione e pasticceria"), ("Salumificio", "Salumi tipici e prodotti da banco"),
        ("Panificio Industriale", "Pane e prodotti da forno surgelati"), ("Cantina", "Vini dei colli e spumanti"),
        ("Torrefazione", "Caffè tostato per bar e distributori"), ("Oleificio", "Olio extravergine e olive"),
        ("Dolciaria", "Biscotti e prodotti da ricorrenza"),
    ])),
    sector("wood_furniture", "Legno e arredo", 8, (11.0, 150.0), "legno", &[
        ("Falegnameria", "Scale, porte e mobili su misura"), ("Arredi", "Arredi su misura per negozi e uffici"),
        ("Mobilificio", "Cucine e camere di produzione propria"), ("Serramenti", "Serramenti in legno e legno-alluminio"),
        ("Segheria", "Travi lamellari e tavolame"), ("Imbottiti", "Divani e imbottiti per alberghi"),
    ]),
    sector("construction", "Edilizia", 14, (9.0, 160.0), "edil", &[
        ("Edil", "Ristrutturazioni e nuove costruzioni residenziali"), ("Costruzioni", "Capannoni e opere in cemento armato"),
        ("Impresa Edile", "Rifacimento di tetti e facciate"), ("Ponteggi", "Noleggio e montaggio di ponteggi"),
        ("Scavi e Demolizioni", "Movimento terra e urbanizzazioni"), ("Pavimenti", "Posa di pavimenti industriali"),
        ("Marmi", "Piani, scale e rivestimenti in pietra"), ("Vetreria", "Vetrate isolanti e cristalli temperati"),
        ("Ceramiche", "Piastrelle, sanitari e arredo bagno"),
    ]),
    sector("electrical", "Impianti elettrici e idraulici", 11, (8.0, 130.0), "impianti", &[
        ("Elettroimpianti", "Impianti elettrici civili e industriali"), ("Impianti Elettrici", "Quadri elettrici e impianti fotovoltaici"),
        ("Termoidraulica", "Installazione e manutenzione di caldaie"), ("Climatizzazione", "Climatizzatori e pompe di calore"),
        ("Idraulica", "Impianti idraulici e antincendio"), ("Automatismi", "Cancelli automatici e controllo accessi"),
    ]),
    sector("chemicals", "Chimica e vernici", 4, (15.0, 310.0), "chim", &[
        ("Vernici", "Vernici industriali e per legno"), ("Colorificio", "Pitture murali e smalti all'acqua"),
        ("Prodotti Chimici", "Adesivi e sigillanti"), ("Detergenti", "Detergenti professionali per la ristorazione"),
    ]),
    sector("packaging", "Carta e imballaggi", 6, (16.0, 200.0), "pack", &[
        ("Cartotecnica", "Astucci e scatole in cartone teso"), ("Scatolificio", "Scatole in cartone ondulato"),
        ("Imballaggi", "Casse e pallet in legno a norma FAO"), ("Grafica", "Stampa di cataloghi e listini"),
        ("Litografia", "Stampa offset di grande formato"), ("Etichettificio", "Etichette adesive in bobina"),
    ]),
    sector("logistics", "Trasporti e logistica", 7, (14.0, 140.0), "log", &[
        ("Logistica", "Deposito e logistica per conto terzi"), ("Autotrasporti", "Trasporti nazionali a carico completo"),
        ("Spedizioni", "Spedizioni internazionali e dogana"), ("Trasporti", "Groupage e collettame giornaliero"),
        ("Corriere", "Consegne espresse in giornata"),
    ]),
    sector("wholesale", "Commercio all'ingrosso", 10, (9.0, 420.0), "center", &[
        ("Forniture", "Forniture industriali e antinfortunistica"), ("Utensileria", "Utensili da taglio e misura"),
        ("Ferramenta", "Ferramenta per serramentisti"), ("Ricambi", "Ricambi per macchine agricole e movimento terra"),
        ("Distribuzione", "Bevande e prodotti per la ristorazione"), ("Materiale Elettrico", "Materiale elettrico per installatori"),
    ]),
    shops(sector("retail", "Commercio al dettaglio", 11, (4.0, 170.0), "shop", &[
        ("Ottica", "Occhiali da vista e contattologia"), ("Cartoleria", "Cartoleria, timbri e forniture per uffici"),
        ("Abbigliamento", "Abbigliamento uomo e donna"), ("Fioreria", "Fiori, piante e allestimenti"),
        ("Gioielleria", "Gioielli e orologi con laboratorio"), ("Elettrodomestici", "Vendita e assistenza di elettrodomestici"),
        ("Libreria", "Libri, testi scolastici e giochi"), ("Farmacia", "Farmaci, preparazioni e prodotti per l'infanzia"),
        ("Colori", "Colori, carta da parati e belle arti"),
    ])),
    sector("it_services", "Informatica", 6, (8.0, 110.0), "soft", &[
        ("Informatica", "Gestionali e assistenza sistemistica"), ("Sistemi", "Server, copie di sicurezza e continuità"),
        ("Studio Web", "Siti e commercio elettronico"), ("Software", "Programmi su misura per la produzione"),
        ("Reti e Sistemi", "Reti, centralini e sicurezza informatica"),
    ]),
    sector("professional", "Studi e consulenze", 8, (5.0, 95.0), "consult", &[
        ("Studio Tecnico", "Progettazione e direzione lavori"), ("Studio Associato", "Consulenza del lavoro e paghe"),
        ("Consulting", "Certificazioni di qualità e ambiente"), ("Elaborazioni Dati", "Contabilità e dichiarazioni per conto terzi"),
        ("Studio Commercialisti", "Consulenza fiscale e societaria"), ("Servizi Ambientali", "Analisi, rifiuti e bonifiche"),
    ]),
    shops(sector("hospitality", "Alberghi e ristoranti", 8, (6.0, 75.0), "hotel", &[
        ("Trattoria", "Cucina tipica e pranzi di lavoro"), ("Albergo", "Camere e sala riunioni"), ("Ristorante", "Banchetti e sala per cerimonie"),
        ("Pizzeria", "Pizzeria con forno a legna"), ("Agriturismo", "Camere e cucina con prodotti propri"), ("Bar", "Bar, tavola fredda e tabacchi"),
        ("Pasticceria", "Torte e rinfreschi per aziende"),
    ])),
    shops(sector("automotive", "Auto e officine", 8, (6.0, 210.0), "car", &[
        ("Carrozzeria", "Carrozzeria e soccorso stradale"), ("Autofficina", "Officina multimarca e revisioni"),
        ("Gommista", "Pneumatici per autocarri e movimento terra"), ("Autosalone", "Auto nuove, usate e noleggio"),
        ("Elettrauto", "Impianti elettrici e climatizzatori per veicoli"), ("Moto", "Moto, scooter e ricambi"),
    ])),
    sector("agriculture", "Agricoltura e verde", 4, (5.0, 130.0), "agri", &[
        ("Azienda Agricola", "Ortaggi di stagione e vendita diretta"), ("Vivai", "Piante ornamentali e da frutto"),
        ("Florovivaistica", "Fiori recisi e manutenzione del verde"), ("Allevamento", "Bovini da latte e carne"),
    ]),
];

#[rustfmt::skip]
pub(super) static COINED: &[&str] = &["Nova", "Lario", "Orobica ", "Tecno", "Ital", "Alp", "Euro", "Prima", "Delta", "Omega", "Eco", "Multi", "Inter", "Pro", "Brian", "Val", "Lombard", "Adda ", "Uni", "Star", "Mega", "Geo", "Idro", "Termo", "Sider", "Punto "];

/// Places that name a company, by province; any other takes its town.
#[rustfmt::skip]
pub(super) static LANDS: &[(&str, &[&str])] = &[
    ("BG", &["Valbrembana", "Valseriana", "Orobica", "dell'Adda", "Alta Valle"]), ("BS", &["Valtrompia", "del Garda", "Valsabbia", "Franciacorta", "del Sebino"]),
    ("LC", &["Valsassina", "del Lario", "delle Grigne", "Alta Brianza"]), ("MB", &["Brianza", "Villa Reale"]), ("CO", &["Lariana", "Brianza", "Erbese"]),
    ("MI", &["Navigli", "Ambrosiana", "Martesana", "San Donato"]), ("CR", &["Cremasca", "del Torrazzo"]), ("LO", &["Lodigiana", "dell'Adda"]),
    ("MN", &["Virgilio", "del Mincio", "Colli Morenici"]), ("VA", &["dei Laghi", "Varesina"]), ("SO", &["Valtellina", "Alpi"]), ("PC", &["Po", "Val Nure"]),
    ("PV", &["Lomellina", "Oltrepò"]), ("TO", &["Subalpina", "Canavese"]), ("VR", &["Scaligera", "Valpolicella"]), ("VI", &["Berica", "Altopiano"]),
    ("MO", &["Estense", "Secchia"]), ("RE", &["Reggiana", "Val d'Enza"]), ("PR", &["Ducale", "Parmense"]), ("BO", &["Felsinea", "Reno"]), ("GE", &["Ligure", "San Giorgio"]),
    ("FI", &["Toscana", "dell'Arno"]), ("RM", &["Romana", "Tiburtina"]), ("NA", &["Partenopea", "Vesuviana"]), ("BA", &["delle Puglie", "Levante"]), ("PA", &["Sicula", "Conca d'Oro"]),
];

#[rustfmt::skip]
pub(super) static TAGS: &[&str] = &["Fiera 2025", "Listino B", "Pagamento 60 gg", "Newsletter", "Premium", "Referenza", "Consegna diretta", "Da visitare", "Export", "ISO 9001"];
