### La veille : ce qui est nouveau.

watch-title = Veille
watch-lead = Ce que la communauté a publié, annoncé, demandé et résolu, au fil des jours.
watch-feed = S’abonner au fil (Atom)
watch-all = Tout
watch-empty = Rien de nouveau ici pour l’instant
watch-empty-text = Dès qu’un module paraît, qu’un séminaire s’annonce ou qu’une question trouve sa solution, vous le verrez ici.
watch-kind-module = Nouveau module
watch-kind-seminar = Séminaire annoncé
watch-kind-question = Question posée
watch-kind-discussion = Discussion ouverte
watch-kind-solution = Solution trouvée
watch-feed-title = Halqa : veille
watch-feed-title-axis = Halqa : veille, { $axis }
watch-entry-module = Nouveau module : { $heading }
watch-entry-seminar = Séminaire : { $heading }
watch-entry-question = Question : { $heading }
watch-entry-discussion = Discussion : { $heading }
watch-entry-solution = Solution trouvée : { $heading }
