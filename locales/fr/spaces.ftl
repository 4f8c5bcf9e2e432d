### Les espaces de la communauté : sujets, réponses, solutions.

spaces-title = Espaces
spaces-lead = Un espace par axe de travail : on y pose ses questions, on y répond, on y garde ce qui a marché.
spaces-topics = { $count ->
    [one] { $count } sujet
   *[other] { $count } sujets
}
spaces-unanswered = { $count ->
    [one] { $count } question sans réponse
   *[other] { $count } questions sans réponse
}
spaces-all = Tous les sujets
spaces-waiting = Sans réponse
spaces-discussions = Discussions
spaces-new = Nouveau sujet
spaces-new-lead = Dites l’essentiel dans le titre : on vous répondra plus vite.
spaces-empty-title = Rien ici pour l’instant
spaces-empty-text = Le premier sujet sera peut-être le vôtre.
spaces-form-title = Titre
spaces-form-body = Votre texte
spaces-form-hint = Markdown accepté : **gras**, listes, liens.
spaces-form-kind = De quoi s’agit-il ?
spaces-kind-question = Une question
spaces-kind-discussion = Une discussion
spaces-form-language = Langue du texte
spaces-about-module = À propos du module
spaces-reply = Votre réponse
spaces-sign-in-to-reply = Connectez-vous pour répondre
spaces-accept = C’est la solution
spaces-unaccept = Ce n’est plus la solution
spaces-hide = Masquer
spaces-hide-text = Ce texte ne sera plus visible.
flash-topic-started = Votre sujet est en ligne.
flash-replied = Votre réponse est en ligne.
flash-solution = C’est noté.
flash-hidden = Le texte est masqué.
form-too-deep = Trop de niveaux imbriqués : simplifiez la mise en forme.
error-too-many-posts-title = Vous écrivez vite
error-too-many-posts-body = Attendez quelques minutes avant d’envoyer un autre texte.

# Questions et accueil d’un espace
spaces-home = Accueil
spaces-unsolved = À résoudre
spaces-solved = Résolues
spaces-ask = Poser une question
spaces-waiting-title = Elles attendent une réponse
spaces-waiting-text = Vous avez vécu cela ? Deux lignes suffisent souvent.
spaces-solutions-title = Dernières solutions
spaces-solved-by = Résolu par
spaces-aside = Autour de cet espace
spaces-modules = Apprendre sur cet axe
spaces-events = À l’agenda
spaces-follow = Suivre
spaces-watch = Ce qui est nouveau sur cet axe
spaces-seeks = Cherche une solution
spaces-jump = Aller à la solution de
spaces-accepted-by = Solution acceptée par
spaces-learned = A terminé :
spaces-edited = (modifié)
spaces-post-of = Message de { $name }
spaces-quote-gone = Le message cité n’est plus visible.
spaces-me-too = J’ai aussi ce problème
spaces-closed-text = Ce sujet est fermé : il reste à lire, on n’y répond plus.
spaces-form-tags = Mots-clés
spaces-form-tags-hint = Cinq au plus, séparés par des virgules : budget, caf, bénévoles.
spaces-about-seminar = À propos du séminaire
error-topic-closed-title = Ce sujet est fermé
error-topic-closed-body = On n’y répond plus. Ouvrez un nouveau sujet si votre question est différente.
form-newcomer-links = Pour vos premiers messages, deux liens au plus. Cela protège la communauté du courrier indésirable.
form-newcomer-pictures = Les images viendront après vos premiers messages.
# Équipe et portes d’un espace
spaces-team = L’équipe de l’espace
spaces-animators = Animation
spaces-no-animators = Personne n’anime encore cet espace.
spaces-entrust = Confier l’animation
spaces-entrust-now = Confier
spaces-nominated-by = Proposée ou proposé par l’organisation
spaces-nominated-hint = L’adresse courte de l’organisation, telle qu’elle figure dans l’annuaire.
spaces-mandate-until = Mandat jusqu’au
spaces-mandate-end = Mettre fin au mandat
spaces-doors = Qui peut lire
spaces-visibility = Ouverture
spaces-visibility-public = Tout le monde
spaces-visibility-members = Les personnes connectées
spaces-visibility-invitation = Sur invitation
spaces-languages = Langues de l’espace
spaces-invited = Personnes invitées
spaces-nobody-invited = Personne pour l’instant.
spaces-invite = Inviter
spaces-uninvite = Retirer
error-nobody-of-this-address-title = Nous ne connaissons pas cette adresse
error-nobody-of-this-address-body = Vérifiez l’adresse : la personne doit avoir un compte actif.
spaces-documents = Boîte à outils
spaces-fiche = La fiche solution dans la boîte à outils
spaces-promote = En faire une fiche solution
