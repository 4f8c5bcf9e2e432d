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

# Écrire ensemble
spaces-edit = Modifier le texte
spaces-edit-lead = L’ancienne version reste lisible par tous.
spaces-preview = Aperçu
spaces-preview-show = Voir l’aperçu
spaces-history = Versions du texte
spaces-history-lead = Ce que ce message disait avant d’être modifié.
spaces-history-until = Jusqu’au
spaces-history-now = Maintenant
spaces-quote = Citer
spaces-quoting = Vous répondez à
spaces-quote-drop = Ne plus citer
spaces-draft-keep = Garder le brouillon
spaces-draft-kept = Votre brouillon vous attendait.
spaces-more = Plus
spaces-react = Réagir à ce message
spaces-reaction-thanks = Merci
spaces-reaction-useful = Utile
spaces-reaction-same = Pareil chez nous
spaces-reaction-brave = Bravo
flash-draft = Brouillon gardé.
# Le soin d’un sujet
spaces-care = Prendre soin du sujet
spaces-pin = Épingler
spaces-unpin = Ne plus épingler
spaces-close = Fermer
spaces-reopen = Rouvrir
spaces-show-in = Montrer aussi dans
spaces-show-in-text = Le sujet reste compté une seule fois, dans son espace.
spaces-move = Déplacer
spaces-move-text = L’ancien lien mènera au nouvel endroit.
spaces-move-to = Vers l’espace
spaces-merge = Fusionner
spaces-merge-text = Les messages rejoignent l’autre sujet, dans l’ordre ; l’ancien lien y mène.
spaces-merge-into = Adresse de l’autre sujet
spaces-split = Séparer
spaces-split-text = Les messages choisis deviennent un nouveau sujet ; le plus ancien l’ouvre.
spaces-split-which = Messages
error-care-choice-title = Il manque un choix
error-care-choice-body = Revenez en arrière et dites où, ou lesquels.
error-split-fiche-title = Une fiche dépend de ce message
error-split-fiche-body = Un message devenu fiche solution reste dans sa discussion.
# Modération
spaces-flag = Signaler
spaces-flag-why = Qu’est-ce qui ne va pas ?
spaces-flag-note = Précisez si vous voulez
spaces-hide-why = Raison, dite à l’auteur
spaces-reason-spam = Publicité ou indésirable
spaces-reason-insult = Insulte ou haine
spaces-reason-private = Données privées
spaces-reason-danger = Met quelqu’un en danger
spaces-reason-wrong = Information fausse
spaces-reason-other = Autre chose
spaces-moderation = Modération
spaces-moderation-lead = Ce que des membres ont signalé dans les espaces que vous animez.
spaces-flagged = Signalements
spaces-nothing-flagged = Rien à regarder. Merci de veiller.
spaces-dismiss = Laisser en place
spaces-appeals = Demandes de réexamen
spaces-no-appeals = Aucune demande.
spaces-restore = Remettre en ligne
spaces-keep-hidden = Laisser masqué
spaces-texts = Mes textes masqués
spaces-texts-lead = Pourquoi ils l’ont été, et comment demander un nouvel examen.
spaces-texts-none = Aucun texte masqué
spaces-texts-none-text = Tout ce que vous avez écrit est en ligne.
spaces-appeal = Pourquoi ce texte devrait-il revenir ?
spaces-appeal-send = Demander un réexamen
spaces-appealed = Votre demande est chez les animateurs.
flash-flagged = Merci : les animateurs vont regarder.
flash-appealed = Votre demande est partie.
error-appealed-title = Vous avez déjà demandé
error-appealed-body = Les animateurs répondront : une demande suffit.
spaces-mail-hidden-subject = Un de vos textes a été masqué
spaces-mail-hidden-body = Bonjour { $name },

    Un de vos textes dans « { $heading } » a été masqué par l’équipe d’animation. Vous pouvez lire la raison et demander un nouvel examen.
spaces-mail-hidden-action = Lire la raison
spaces-mail-restored-subject = Votre texte est de nouveau en ligne
spaces-mail-restored-body = Bonjour { $name },

    Après un nouvel examen, votre texte dans « { $heading } » est de nouveau visible.
spaces-mail-restored-action = Mes textes
spaces-mail-refused-subject = Votre texte reste masqué
spaces-mail-refused-body = Bonjour { $name },

    L’équipe a regardé de nouveau votre texte dans « { $heading } » : il reste masqué.
spaces-mail-refused-action = Mes textes

# Images
spaces-pictures = Images pour vos textes
spaces-pictures-lead = Envoyez une photo, puis collez sa ligne dans votre message.
spaces-pictures-add = Ajouter une image
spaces-pictures-drop = Choisir une image ou la déposer ici
spaces-pictures-hint = JPEG, PNG ou WebP, jusqu’à 20 Mo. Le lieu et l’appareil en sont effacés.
spaces-pictures-words = Ce qu’on y voit
spaces-pictures-words-hint = Pour les personnes qui ne la voient pas.
spaces-pictures-latest = Vos dernières images
spaces-pictures-copy = Copiez la ligne, collez-la où l’image doit paraître.
spaces-pictures-line = Ligne à coller
flash-picture = L’image est prête.
spaces-no-talk = Personne n’en a encore parlé ici.
form-newcomer-files = Les fichiers viendront après vos premiers messages.
spaces-files = Fichiers pour vos textes
spaces-files-lead = Envoyez un fichier, puis collez sa ligne dans votre message.
spaces-files-add = Joindre un fichier
spaces-files-drop = Choisir un fichier ou le déposer ici
spaces-files-hint = PDF, document, tableur, présentation ou texte, jusqu’à 50 Mo. Pour un modèle à partager, préférez la boîte à outils.
spaces-files-latest = Vos derniers fichiers
spaces-files-copy = Copiez la ligne, collez-la où le fichier doit paraître.
flash-file = Le fichier est prêt.
