//! Names of people, by the years in which they were in use.

pub(super) struct Cohort {
    /// Last year of birth.
    pub until: i32,
    pub women: &'static [&'static str],
    pub men: &'static [&'static str],
}

#[rustfmt::skip]
pub(super) static COHORTS: &[Cohort] = &[
    Cohort { until: 1962,
        women: &["Maria", "Anna", "Giuseppina", "Rosa", "Angela", "Giovanna", "Teresa", "Lucia", "Carmela", "Caterina", "Francesca", "Antonietta", "Carla", "Elena", "Concetta", "Rita", "Margherita", "Franca", "Paola", "Luisa", "Graziella", "Ornella"],
        men: &["Giuseppe", "Giovanni", "Antonio", "Mario", "Luigi", "Francesco", "Angelo", "Vincenzo", "Pietro", "Salvatore", "Carlo", "Franco", "Domenico", "Bruno", "Paolo", "Michele", "Giorgio", "Aldo", "Sergio", "Renato", "Gianfranco", "Ettore"] },
    Cohort { until: 1979,
        women: &["Paola", "Patrizia", "Daniela", "Cristina", "Barbara", "Monica", "Laura", "Roberta", "Sabrina", "Antonella", "Silvia", "Simona", "Stefania", "Claudia", "Manuela", "Elisabetta", "Tiziana", "Federica", "Raffaella", "Lorena", "Michela", "Nadia"],
        men: &["Marco", "Andrea", "Roberto", "Stefano", "Massimo", "Fabio", "Luca", "Maurizio", "Claudio", "Alessandro", "Daniele", "Paolo", "Davide", "Gianluca", "Cristian", "Enrico", "Walter", "Diego", "Mauro", "Niccolò", "Fabrizio", "Ivano"] },
    Cohort { until: 1994,
        women: &["Elisa", "Chiara", "Valentina", "Sara", "Francesca", "Martina", "Giulia", "Silvia", "Ilaria", "Alessia", "Federica", "Elena", "Eleonora", "Veronica", "Serena", "Arianna", "Jessica", "Giorgia", "Marta", "Alice", "Debora", "Irene"],
        men: &["Matteo", "Andrea", "Luca", "Alessandro", "Simone", "Davide", "Marco", "Francesco", "Stefano", "Mattia", "Daniele", "Nicola", "Alberto", "Michele", "Riccardo", "Lorenzo", "Federico", "Fabio", "Emanuele", "Giacomo", "Niccolò", "Ivan"] },
    Cohort { until: i32::MAX,
        women: &["Giulia", "Sofia", "Aurora", "Martina", "Giorgia", "Sara", "Chiara", "Alice", "Emma", "Gaia", "Anna", "Noemi", "Beatrice", "Rebecca", "Matilde", "Camilla", "Greta", "Ginevra", "Asia", "Benedetta"],
        men: &["Lorenzo", "Alessandro", "Mattia", "Andrea", "Francesco", "Gabriele", "Tommaso", "Leonardo", "Riccardo", "Edoardo", "Filippo", "Samuele", "Federico", "Giacomo", "Pietro", "Diego", "Nicolò", "Christian", "Elia", "Jacopo"] },
];

#[rustfmt::skip]
pub(super) static LAST_NAMES: &[&str] = &[
    "Rossi", "Ferrari", "Bianchi", "Colombo", "Villa", "Brambilla", "Riva", "Sala", "Fumagalli", "Cattaneo", "Galli", "Pozzi", "Locatelli", "Rota", "Mazzoleni", "Brambati",
    "Invernizzi", "Spreafico", "Galbusera", "Zanchi", "Carrara", "Moretti", "Bonfanti", "Castelli", "Airoldi", "Corti", "Ratti", "Redaelli", "Panzeri", "Beretta", "Ghezzi",
    "Valsecchi", "Milesi", "Gervasoni", "Pesenti", "Belotti", "Cortinovis", "Bonomi", "Zanotti", "Gritti", "Rovetta", "Bonetti", "Gnutti", "Ghidini", "Zani", "Togni", "Archetti",
    "Tonoli", "Bettoni", "Mazza", "Sangalli", "Ripamonti", "Casati", "Longoni", "Mauri", "Crippa", "Perego", "Viganò", "Arosio", "Cazzaniga", "Meroni", "Radaelli", "Passoni",
    "Marelli", "Molteni", "Bianchini", "Tettamanti", "Bellavite", "Frigerio", "Cappelletti", "Mascheroni", "Luraschi", "Clerici", "Noseda", "Guffanti", "Della Torre", "Bernasconi",
    "Russo", "Esposito", "Romano", "Ricci", "Marino", "Greco", "Bruno", "Gallo", "Conti", "De Luca", "Costa", "Giordano", "Mancini", "Rizzo", "Lombardi", "Barbieri", "Fontana",
    "Santoro", "Mariani", "Rinaldi", "Caruso", "Ferrara", "Martini", "Leone", "Longo", "Gentile", "Martinelli", "Vitale", "Serra", "Coppola", "De Santis", "D'Angelo", "Marchetti",
    "Parisi", "Conte", "Ferraro", "Fabbri", "Bianco", "Marini", "Grasso", "Valentini", "Messina", "De Angelis", "Gatti", "Pellegrini", "Palumbo", "Sanna", "Farina", "Rizzi", "Monti",
    "Morelli", "Amato", "Silvestri", "Mazza", "Testa", "Grassi", "Pellegrino", "Carbone", "Giuliani", "Benedetti", "Barone", "Caputo", "Montanari", "Guerra", "Palmieri", "Bernardi",
    "Martino", "Fiore", "De Rosa", "Ferretti", "Bellini", "Basile", "Riccardi", "Piras", "Donati", "Vitali", "Battaglia", "Sartori", "Neri", "Costantini", "Milani", "Pagano",
    "D'Amico", "Orlando", "Negri", "Lo Presti", "Dalla Costa", "Zanella", "Furlan", "Zambon", "Bortolotti", "Pavan", "Boscolo", "Trevisan", "Visentin", "Marchesi", "Baroni", "Guidi",
    "Venturi", "Zanetti", "Tosi", "Morandini", "Nicolini", "Cavalli", "Ferrario", "Sironi", "Vismara", "Bosisio", "Gilardi", "Anghileri", "Dell'Oro", "Tentori", "Butti", "Todeschini",
];

/// First name, last name, whether a woman's, the state and its code in tax codes.
#[rustfmt::skip]
pub(super) static FROM_ABROAD: &[(&str, &str, bool, &str, &str)] = &[
    ("Karim", "Haddad", false, "Marocco", "Z330"), ("Fatima", "El Amrani", true, "Marocco", "Z330"), ("Adrian", "Popescu", false, "Romania", "Z129"), ("Elena", "Ionescu", true, "Romania", "Z129"),
    ("Arben", "Hoxha", false, "Albania", "Z100"), ("Elira", "Shehu", true, "Albania", "Z100"), ("Wei", "Chen", false, "Cina", "Z210"), ("Li", "Hu", true, "Cina", "Z210"),
    ("Gurpreet", "Singh", false, "India", "Z222"), ("Oksana", "Kovalenko", true, "Ucraina", "Z138"), ("Mamadou", "Diop", false, "Senegal", "Z343"), ("Luz", "Quispe", true, "Perù", "Z611"),
    ("Thomas", "Gruber", false, "Germania", "Z112"), ("Claire", "Dubois", true, "Francia", "Z110"),
];
