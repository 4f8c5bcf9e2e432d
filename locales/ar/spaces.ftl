### فضاءات المجموعة: مواضيع وردود وحلول.

spaces-title = الفضاءات
spaces-lead = فضاء لكلّ محور عمل: نطرح فيه أسئلتنا ونجيب، ونحفظ ما نجح.
spaces-topics = { $count ->
    [zero] لا مواضيع
    [one] موضوع واحد
    [two] موضوعان
    [few] { $count } مواضيع
    [many] { $count } موضوعًا
   *[other] { $count } موضوع
}
spaces-unanswered = { $count ->
    [zero] لا أسئلة دون جواب
    [one] سؤال واحد دون جواب
    [two] سؤالان دون جواب
    [few] { $count } أسئلة دون جواب
    [many] { $count } سؤالًا دون جواب
   *[other] { $count } سؤال دون جواب
}
spaces-all = كلّ المواضيع
spaces-waiting = دون جواب
spaces-discussions = نقاشات
spaces-new = موضوع جديد
spaces-new-lead = ضعوا الأهمّ في العنوان: سيأتيكم الجواب أسرع.
spaces-empty-title = لا شيء هنا بعد
spaces-empty-text = قد يكون أوّل موضوع منكم.
spaces-form-title = العنوان
spaces-form-body = نصّكم
spaces-form-hint = يمكن استعمال Markdown: **غليظ**، قوائم، روابط.
spaces-form-kind = ما نوعه؟
spaces-kind-question = سؤال
spaces-kind-discussion = نقاش
spaces-form-language = لغة النصّ
spaces-about-module = حول الوحدة
spaces-reply = ردّكم
spaces-sign-in-to-reply = سجّلوا الدخول للردّ
spaces-accept = هذا هو الحلّ
spaces-unaccept = لم يعد هو الحلّ
spaces-hide = إخفاء
spaces-hide-text = لن يظهر هذا النصّ بعد الآن.
spaces-module = الوحدة المعنيّة
flash-topic-started = نُشر موضوعكم.
flash-replied = نُشر ردّكم.
flash-solution = تمّ تسجيل ذلك.
flash-hidden = أُخفي النصّ.
form-too-deep = مستويات متداخلة كثيرة: بسّطوا التنسيق.
error-too-many-posts-title = تكتبون بسرعة
error-too-many-posts-body = انتظروا بضع دقائق قبل إرسال نصّ آخر.
