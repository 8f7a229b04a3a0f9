involvement_role = Ruolo
    .introduced = Ha segnalato
    .sells = Vende
    .follows = Segue
    .collaborates = Collabora
