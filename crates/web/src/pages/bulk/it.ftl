# The Italian of what is done to many records at once.

add-to-those-that-are-there = Aggiungi a quelli che ci sono
assign = Assegna
change-a-field-of-all-that-are-selected = Cambia un campo di tutte le schede selezionate
change-many-what = Modifica di molte schede: { $what }
change-them = Cambiale
changed-by-now = Cambiate
create-for-each = Crea per ognuna
create-one-for-each = Una nuova scheda per ognuna
create-one-for-each-what = Per ognuna: { $what }
create-them = Crea
created-by-now = Create
count-created = { $count ->
    [one] { $count } scheda creata
   *[other] { $count } schede create
}
each-is-linked-to-the-one-that-it-is-made-for = Ognuna è legata a quella per cui nasce.
count-selected = { $count ->
    [one] { $count } scheda selezionata.
   *[other] { $count } schede selezionate.
}
more-than-count-selected = Più di { $count } schede selezionate.
made-one-for-each-of-what = { $made }: una per ognuna di { $what }
of-name-none-is-made-for-each-of-these = Per queste schede non se ne crea una di { $name }
said-count-were-there-already = { $count ->
    [one] { $said }; { $count } c'era già
   *[other] { $said }; { $count } c'erano già
}
there-already = C'erano già
this-is-there-already = C'è già
what-to-create = Che cosa creare
whoever-is-in-charge-of-each-is-in-charge-of-the-new-one-too = Chi ha in carico ognuna ha in carico anche la nuova
done-of-all-done = { $done } di { $all } fatte
empty-the-field = Svuota il campo
in-the-trash = Nel cestino
it-stopped-by-itself-why = Si è fermata da sola: { $why }
it-was-cancelled = È stata annullata
it-was-stopped-of-all-records-count-had-been-changed = { $count ->
    [one] L'hai fermata: di { $all } schede ne era cambiata { $count }.
   *[other] L'hai fermata: di { $all } schede ne erano cambiate { $count }.
}
it-was-undone = È tornato tutto com'era.
left-as-they-are = Rimaste com'erano
move-many-to-the-trash-what = Molte schede nel cestino: { $what }
only-several-values-are-added-to-and-removed-from = Si aggiunge e si toglie solo dove stanno più valori.
put-this-value = Metti questo valore
remove-from-those-that-are-there = Togli da quelli che ci sono
restore-many-what = Ripristino di molte schede: { $what }
restored = Ripristinate
so-already = Erano già così
stop-and-undo = Ferma e annulla
stop-here = Ferma qui
the-first-count-of-them = { $count ->
    [one] La prima.
   *[other] Le prime { $count }.
}
undo-all-of-it = Annulla tutto
what-to-do = Che cosa fare
why-some-stayed-as-they-are = Perché alcune sono rimaste com'erano
write-the-value-or-choose-to-empty-the-field = Scrivi il valore, oppure scegli di svuotare il campo.
