### Mail / courrier

outbound-mail-footer = Vous recevez ce courrier parce que vous avez un compte sur Halqa.
