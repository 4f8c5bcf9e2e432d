### Annuaire : qui peut aider, profils

directory-title = Annuaire
directory-lead = Des personnes et des organisations du cercle, prêtes à partager ce qu’elles savent.
directory-tab-help = Qui peut m’aider ?
directory-tab-organisations = Organisations
directory-who = Qui peut m’aider avec…
directory-who-example = comptabilité, statuts, plaidoyer…
directory-module = Module terminé
directory-skills-in-use = Savoir-faire souvent cités
directory-people = Personnes
directory-organisations = Organisations
directory-nobody = Personne ne s’est encore proposé
directory-nobody-text = Essayez un autre mot ou moins de filtres. Et vous : que pourriez-vous apporter ?
directory-sign-in = Connectez-vous pour voir les personnes qui proposent leur aide : elles ne se montrent qu’aux gens du cercle.
directory-why = Pourquoi cette personne
directory-why-skill = Sait faire : { $skill }
directory-why-says = Le propose dans sa présentation
directory-why-solved = { $count ->
    [one] A trouvé une solution à « { $heading } »
    [many] { $count } solutions acceptées, dont « { $heading } »
   *[other] { $count } solutions acceptées, dont « { $heading } »
}
directory-why-completed = A terminé le module « { $heading } »
directory-you = Voici votre page, telle que les autres la voient.
directory-helps = Je peux aider
directory-skills = Savoir-faire
directory-modules = Modules terminés
directory-solutions = Réponses acceptées
directory-updated = Mis à jour le

# Mon profil
directory-profile = Mon profil dans l’annuaire
directory-profile-lead = Dites ce que vous savez faire : d’autres associations en ont peut-être besoin. Rien n’est montré sans votre accord.
directory-as-seen = Voir ma page comme les autres
directory-shown = Qui peut voir mon profil
directory-shown-to = Montrer mon profil
directory-shown-hint = Votre adresse n’est jamais montrée : on vous écrit par la plateforme.
directory-shown-nobody = À personne
directory-shown-members = Aux membres des organisations et à l’équipe du programme
directory-shown-accounts = À toute personne connectée
directory-what = Ce que j’en dis
directory-about = Qui je suis
directory-about-hint = En deux phrases : ce que vous faites, ce qui vous tient à cœur.
directory-helps-hint = Par exemple : relire un budget, préparer une assemblée générale, parler en public.
directory-skills-offered = Ce que d’autres ont déjà cité.
directory-skills-more = Autres savoir-faire
directory-skills-hint = Séparés par des virgules. Douze en tout.
directory-languages = Langues parlées
directory-no-region = Ne pas préciser
directory-shows-organisation = Montrer les organisations dont je suis membre
directory-shows-modules = Montrer les modules que j’ai terminés
flash-profile-kept = Votre profil est enregistré.
form-too-many-skills = Douze savoir-faire au plus : gardez ceux qui comptent.
field-helps = Je peux aider
field-skills = Autres savoir-faire

# Messages
directory-write = Écrire
directory-write-to = Écrire à { $name }
directory-write-lead = Votre message passe par la plateforme : aucune adresse n’est montrée, ni la vôtre ni la sienne.
directory-subject = Sujet
directory-body = Message
directory-body-hint = Dites qui vous êtes, ce que vous cherchez, et pour quand.
directory-messages = Messages
directory-messages-lead = Vos échanges avec les personnes et les organisations de l’annuaire.
directory-no-messages = Aucun message pour l’instant
directory-no-messages-text = Cherchez dans l’annuaire qui peut vous aider, et écrivez-lui.
directory-unread = { $count ->
    [one] { $count } nouveau
   *[other] { $count } nouveaux
}
directory-with = Avec
directory-me = Vous
directory-somebody = Quelqu’un
directory-speaking-for = Vous répondez au nom de { $organisation } : c’est ce nom qui est montré.
directory-message-hidden = Ce message a été masqué par l’équipe.
directory-answer = Votre réponse
directory-gone = Cette personne ne reçoit pas de messages en ce moment.
directory-block = Ne plus recevoir ses messages
directory-blocked = Ses messages ne vous parviennent plus. Cette personne ne le sait pas.
directory-unblock = Recevoir de nouveau ses messages
directory-report = Signaler
directory-report-why = Pourquoi
directory-report-note = Une précision (facultatif)
directory-report-send = Signaler à l’équipe
directory-reports = Messages signalés
directory-reports-lead = Vous voyez seulement le message signalé, pas la conversation.
flash-message-sent = Message envoyé. La réponse arrivera ici, et un courrier vous préviendra.
flash-blocked = C’est fait : ses messages ne vous parviennent plus.
flash-unblocked = C’est fait : ses messages vous parviennent de nouveau.
flash-reported = Merci : l’équipe va regarder ce message.
error-too-many-messages-title = Beaucoup de messages en peu de temps
error-too-many-messages-body = Faites une pause, puis reprenez : dix conversations nouvelles par jour, trente messages par heure.
error-message-unanswered-title = Votre message attend une réponse
error-message-unanswered-body = Vous avez écrit trois fois : laissez à l’autre le temps de répondre.
error-nobody-answers-title = Personne ne répond encore pour cette organisation
error-nobody-answers-body = Elle n’a pas de coordination en ce moment. Écrivez à votre bureau régional.
field-subject = Sujet
directory-mail-message-subject = { $from } vous écrit sur Halqa
directory-mail-message-body = Bonjour { $name },

    { $from } vous a écrit sur Halqa. Lisez et répondez sur la plateforme : votre adresse n’est montrée à personne.
directory-mail-message-action = Lire le message

# Partage
directory-share = Partager cette page
directory-share-link = Copier l’adresse
directory-share-whatsapp = WhatsApp
directory-share-facebook = Facebook
directory-share-linkedin = LinkedIn
directory-share-x = X
directory-share-alt = { $kind } : { $title }
directory-share-module = Module
directory-share-seminar = Séminaire
directory-share-organisation = Organisation
directory-share-space = Espace
directory-share-question = Question
directory-share-discussion = Discussion
directory-share-action = Action
