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
spaces-module = Module lié
flash-topic-started = Votre sujet est en ligne.
flash-replied = Votre réponse est en ligne.
flash-solution = C’est noté.
flash-hidden = Le texte est masqué.
form-too-deep = Trop de niveaux imbriqués : simplifiez la mise en forme.
error-too-many-posts-title = Vous écrivez vite
error-too-many-posts-body = Attendez quelques minutes avant d’envoyer un autre texte.
