inbox-answer = أجب عن هذه الرسالة: سيظهر جوابك في النقاش.
inbox-mail-sender-subject = لم يُنشر جوابك
inbox-mail-sender-body =
    مرحبا { $name }،

    وصلنا جواب عن إحدى رسائلنا من عنوان غير عنوان حسابك، فلم يُنشر.

    إن كان منك فأرسله من هذا العنوان أو أجب على الصفحة.
inbox-mail-sender-action = فتح إشعاراتي
inbox-mail-expired-subject = وصل جوابك متأخّرا
inbox-mail-expired-body =
    مرحبا { $name }،

    يمكن الجواب عن رسالة من حلقة خلال ثلاثين يوما. هذه الرسالة أقدم من ذلك، فلم يُنشر جوابك.

    يمكنك أن تجيب على صفحة النقاش.
inbox-mail-expired-action = فتح إشعاراتي
inbox-mail-files-subject = لم يُنشر جوابك
inbox-mail-files-body =
    مرحبا { $name }،

    لم تحتو رسالتك إلّا على ملفّات، أو كانت كبيرة جدّا. لا تمرّ الملفّات عبر البريد.

    يمكنك إرفاقها على صفحة النقاش.
inbox-mail-files-action = فتح إشعاراتي
inbox-mail-empty-subject = كان جوابك فارغا
inbox-mail-empty-body =
    مرحبا { $name }،

    لم نجد نصّا منك في رسالتك، فلم يُنشر شيء.

    اكتب فوق الرسالة المقتبسة أو أجب على صفحة النقاش.
inbox-mail-empty-action = فتح إشعاراتي
inbox-mail-rules-subject = لم يُنشر جوابك
inbox-mail-rules-body =
    مرحبا { $name }،

    لم يُنشر جوابك. { $why }
inbox-mail-rules-action = فتح إشعاراتي
inbox-mail-without-files-subject = نُشر جوابك دون ملفّاته
inbox-mail-without-files-body =
    مرحبا { $name }،

    جوابك في النقاش. لا تمرّ الملفّات عبر البريد، فتُركت جانبا.

    يمكنك إرفاقها على صفحة النقاش.
inbox-mail-without-files-action = فتح إشعاراتي
