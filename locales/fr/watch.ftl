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
watch-entry-module = Nouveau module : { $heading }
watch-entry-seminar = Séminaire : { $heading }
watch-entry-question = Question : { $heading }
watch-entry-discussion = Discussion : { $heading }
watch-entry-solution = Solution trouvée : { $heading }
watch-kind-document = Nouveau document
watch-entry-document = Document : { $heading }
watch-feed-title-view = Halqa : { $view }
watch-view-all = Tout ce qui est nouveau
watch-view-words = « { $words } »
watch-view-comma = ,
watch-kinds-question = Questions
watch-kinds-solution = Solutions
watch-kinds-discussion = Discussions
watch-kinds-module = Modules
watch-kinds-seminar = Séminaires
watch-kinds-document = Documents
watch-any-language = Toutes les langues
watch-narrow = Affiner
watch-words = Mots
watch-words-hint = Dans le titre ou les mots-clés.
watch-show = Montrer
watch-save = Enregistrer cette recherche : elle devient une alerte et un fil.
watch-save-all = Suivre toute la veille, ou seulement un axe, un genre, des mots.
watch-kinds = Genre
watch-language = Langue
watch-kind-outside = Vu ailleurs
watch-kinds-outside = Appels et nouvelles d’ailleurs
watch-entry-outside = Vu ailleurs : { $heading }
watch-entry-show = Montrer à tous
watch-entry-leave = Laisser de côté
watch-sources = Fils d’ailleurs
watch-sources-lead = Appels à projets, nouvelles de partenaires : vous choisissez les fils que la veille lit, et ce qu’elle en montre.
watch-sources-waiting = En attente de votre choix
watch-sources-read = Fils lus
watch-sources-none = Aucun fil pour l’instant.
watch-source-fetched = Lu le
watch-source-automatic = Tout est montré
watch-source-stopped = Arrêté
watch-source-choose = Choisir un à un
watch-source-through = Tout montrer
watch-source-through-hint = Montrer ce qui arrive sans attendre mon choix
watch-source-start = Lire de nouveau
watch-source-stop = Ne plus lire
watch-source-propose = Proposer un fil
watch-source-address = Adresse du fil (RSS ou Atom)
watch-source-address-hint = Elle commence par https://.
watch-source-axis = Axe
watch-source-no-axis = Tous les axes
watch-source-title = Nom du fil
watch-source-look = Regarder d’abord
watch-source-add = Lire ce fil
watch-source-preview = { $count ->
    [0] Ce fil est vide pour l’instant.
    [one] Ce fil contient { $count } entrée.
   *[other] Ce fil contient { $count } entrées, dont voici les dernières.
}
watch-source-failures = { $count ->
    [one] ({ $count } essai manqué)
   *[other] ({ $count } essais manqués)
}
watch-fault-refused = Cette adresse n’est pas de celles que nous appelons.
watch-fault-unreachable = Le site ne répond pas.
watch-fault-status = Le site répond autre chose que son fil.
watch-fault-too-large = Le fil est trop lourd (2 Mo au plus).
watch-fault-not-a-feed = Ce n’est pas un fil RSS ou Atom.
form-no-feed = Il n’y a pas de fil RSS ou Atom à cette adresse.
form-feed-too-large = Ce fil est trop lourd (2 Mo au plus).
form-no-answer = Cette adresse ne donne pas de fil : vérifiez-la.
flash-source-added = Le fil sera lu dans un instant.
error-source-known-title = Ce fil est déjà lu
error-source-known-body = Il est dans la liste des fils d’ailleurs.
