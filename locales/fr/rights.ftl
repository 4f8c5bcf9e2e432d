### Les droits des personnes : emporter ses données, s’en aller

rights-title = Mes données
rights-lead = Ce que Halqa garde sur vous est à vous : emportez-le, ou demandez à l’effacer.
rights-take = Tout emporter
rights-take-text = Un fichier zip avec votre compte, votre progression, vos réponses, vos places, vos messages et vos traces d’apprentissage, lisible par un tableur ou par un autre outil.
rights-take-action = Télécharger mes données
rights-go = Partir
rights-go-text = Effacer votre compte est définitif. Voici ce qui se passe :
rights-go-account = Votre nom, votre adresse, vos connexions et vos liens avec d’autres sites disparaissent tout de suite.
rights-go-posts = Vos messages restent dans les espaces, signés « Ancien membre », sauf si vous demandez leur retrait.
rights-go-progress = Votre progression compte encore pour votre organisation, sous un pseudonyme que personne ne peut relier à vous.
rights-go-late = Vos pièces jointes et vos documents sont supprimés ; vos traces d’apprentissage changent d’auteur dans les minutes qui suivent.
rights-go-open = Effacer mon compte
rights-go-action = Effacer définitivement mon compte
rights-erase-posts = Retirer aussi ce que j’ai écrit dans les espaces
rights-type-email = Pour confirmer, écrivez votre adresse
rights-former-member = Ancien membre
rights-readme = Voici ce que Halqa garde sur { $name }.
    data.json contient tout, pour un programme. Les fichiers .csv s’ouvrent avec un tableur. statements.ndjson contient une trace d’apprentissage par ligne. Les dossiers files et documents contiennent les fichiers.
rights-erase-other = Effacer cette personne
rights-erase-other-text = À faire seulement si elle le demande : son nom, son adresse et ses connexions disparaissent pour toujours. Sa progression reste comptée sous un pseudonyme.
rights-erase-posts-other = Retirer aussi ce qu’elle a écrit dans les espaces
rights-erase-other-do = Effacer définitivement
flash-erased = Votre compte est effacé. Merci d’avoir été des nôtres.
flash-person-erased = La personne est effacée.
form-email-other = Ce n’est pas l’adresse de ce compte.
error-erase-oneself-title = C’est votre propre compte
error-erase-oneself-body = Pour partir, passez par « Mes données » dans votre compte.
