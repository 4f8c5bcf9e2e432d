### الإشعارات: في الصفحة وبالبريد، ولكلّ إشعار سببه.

notifications-title = الإشعارات
notifications-bell = { $count ->
    [zero] الإشعارات: لا جديد
    [one] الإشعارات: إشعار جديد واحد
    [two] الإشعارات: إشعاران جديدان
    [few] الإشعارات: { $count } إشعارات جديدة
    [many] الإشعارات: { $count } إشعارًا جديدًا
   *[other] الإشعارات: { $count } إشعار جديد
}
notifications-unread = { $count ->
    [zero] قرأتم كلّ شيء.
    [one] إشعار واحد لم يُقرأ بعد.
    [two] إشعاران لم يُقرآ بعد.
    [few] { $count } إشعارات لم تُقرأ بعد.
    [many] { $count } إشعارًا لم تُقرأ بعد.
   *[other] { $count } إشعار لم تُقرأ بعد.
}
notifications-new = جديد
notifications-read-all = اجعل الكلّ مقروءًا
notifications-empty = لا شيء الآن
notifications-empty-text = عندما يجيبكم أحد أو يذكركم أو يحدث شيء تتابعونه، سترونه هنا.
notifications-what-question = سؤال جديد
notifications-what-discussion = نقاش جديد
notifications-what-reply = ردّ جديد
notifications-what-solution = حلّ وُجد
notifications-what-module = وحدة جديدة
notifications-what-version = نسخة جديدة من الوحدة
notifications-what-seminar = إعلان عن ندوة
notifications-what-document = وثيقة جديدة
notifications-why-mentioned = لأنّكم ذُكرتم
notifications-why-accepted = لأنّ جوابكم اختير حلًّا
notifications-why-asked = لأنّه موضوعكم
notifications-why-answered = لأنّكم أجبتم في هذا الموضوع
notifications-why-seat = لأنّ لكم مقعدًا في هذه الندوة
notifications-why-chosen = لأنّكم اخترتم ذلك
notifications-why-space = لأنّكم تتابعون فضاء { $name }
notifications-why-tag = لأنّكم تتابعون الكلمة المفتاحية { $name }
notifications-why-organisation = لأنّكم تتابعون { $name }
notifications-why-person = لأنّكم تتابعون { $name }
notifications-why-module = لأنّكم تتابعون الوحدة { $name }
notifications-why-seminar = لأنّكم تتابعون الندوة { $name }
notifications-why-topic = لأنّكم تتابعون هذا الموضوع
notifications-why-watch = لأنّكم حفظتم البحث { $name }
notifications-settings = الإعدادات
notifications-settings-lead = أنتم تختارون ما يصلكم بالبريد ومتى. كلّ رسالة تقول لماذا وصلتكم وتتوقّف بنقرة واحدة.
notifications-mail = بالبريد الإلكتروني
notifications-direct = عندما تُذكرون أو يُختار جوابكم
notifications-direct-hint = أمّا الباقي فيُضبط لكلّ شيء تتابعونه على حدة.
notifications-hour = ساعة الملخّصات
notifications-weekday = يوم ملخّص الأسبوع
notifications-hour-hint = بتوقيت تونس. يسري الاختيار الجديد ابتداءً من الملخّص القادم.
notifications-feed = خلاصتكم الشخصية
notifications-feed-text = عنوان إشعاراتكم لقارئ الخلاصات (Atom). هو سرّيّ: من عرفه استطاع قراءتها.
notifications-feed-renew = تغيير العنوان
notifications-feed-title = حلقة: إشعاراتي
notifications-bounced = رسائلنا إليكم تعود إلينا
notifications-bounced-text = خادم بريدكم يرفض رسائلنا، فلم نعد نكتب إليه. العنوان المعنيّ:
notifications-bounced-again = العنوان يعمل من جديد: اكتبوا إليّ
notifications-mail-subject = { $what }: { $heading }
notifications-mail-daily = { $count ->
    [zero] حلقة: لا جديد اليوم
    [one] حلقة: جديد واحد اليوم
    [two] حلقة: جديدان اليوم
    [few] حلقة: { $count } أخبار جديدة اليوم
    [many] حلقة: { $count } خبرًا جديدًا اليوم
   *[other] حلقة: { $count } خبر جديد اليوم
}
notifications-mail-weekly = { $count ->
    [zero] حلقة: لا جديد هذا الأسبوع
    [one] حلقة: جديد واحد هذا الأسبوع
    [two] حلقة: جديدان هذا الأسبوع
    [few] حلقة: { $count } أخبار جديدة هذا الأسبوع
    [many] حلقة: { $count } خبرًا جديدًا هذا الأسبوع
   *[other] حلقة: { $count } خبر جديد هذا الأسبوع
}
notifications-mail-hello = مرحبًا { $name }،
notifications-mail-open = كلّ إشعاراتي
notifications-mail-more = في الصفحة المزيد.
notifications-mail-stop = إيقاف هذا الملخّص
notifications-mail-stop-one = إيقاف هذه الرسائل
notifications-mail-settings = ضبط إشعاراتي
notifications-stop-title = هل نوقف هذه الرسائل؟
notifications-stop-text = المقصود: { $what }. تبقى إشعاراتكم ظاهرة في الصفحة.
notifications-stop-now = أوقفوها
notifications-stop-all = إيقاف كلّ رسائل الإشعارات
notifications-stop-direct = عندما تُذكرون أو يُختار جوابكم
notifications-stop-daily = ملخّص اليوم
notifications-stop-weekly = ملخّص الأسبوع
notifications-stop-instant = الرسائل الفورية
notifications-stop-follow = الرسائل عن { $name }
notifications-stop-something = الرسائل عمّا كنتم تتابعونه
notifications-stop-all-of = كلّ رسائل الإشعارات
notifications-stopped-title = توقّفت
notifications-stopped-text = لن يصلكم بعد الآن: { $what }.
notifications-stopped-page = يمكنكم إغلاق هذه الصفحة. لم يتغيّر شيء آخر.
flash-all-read = صار كلّ شيء مقروءًا.
flash-feed-renewed = صار لخلاصتكم عنوان جديد، والقديم لم يعد يعمل.
field-direct = عندما تُذكرون
field-hour = ساعة الملخّصات
field-weekday = يوم الملخّص
notifications-what-outside = من موقع آخر
notifications-what-room = دعوة إلى فضاء ائتلاف
notifications-why-room = لأنك تنسّق المنظمة المدعوة
notifications-what-room-joined = منظمة تشارك الآن في فضاء ائتلافكم
notifications-why-room-host = لأنّ منظمتكم دعتها
