### Mail / courrier

outbound-mail-footer = تصلك هذه الرسالة لأن لك حسابا في حلقة.
