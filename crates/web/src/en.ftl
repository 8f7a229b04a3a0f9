# English stands in the code; here are only the sentences whose plural differs.
n-count-moved-to-the-trash = { $count ->
    [one] Moved to the trash
   *[other] { $count } moved to the trash
 }
