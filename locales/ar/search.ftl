search-title = البحث
search-title-of = البحث: { $text }
search-label = عمّ تبحثون؟
search-everything = ابحثوا في كلّ شيء
search-kind = النوع
search-all-kinds = الكلّ
search-all-axes = كلّ المحاور
search-all-languages = كلّ اللغات
search-kinds-module = الوحدات
search-kinds-seminar = الندوات
search-kinds-document = الوثائق
search-kinds-fiche = بطاقات الحلول
search-kinds-question = الأسئلة
search-kinds-solution = الحلول
search-kinds-discussion = النقاشات والردود
search-kinds-organisation = الجمعيّات والمنظّمات
search-kinds-person = الأشخاص
search-kind-person = شخص
search-kind-module = وحدة
search-kind-seminar = ندوة
search-kind-question = سؤال
search-kind-discussion = نقاش
search-kind-reply = ردّ
search-kind-solution = حلّ
search-kind-organisation = جمعيّة / منظّمة
search-kind-guide = دليل
search-kind-template = نموذج
search-kind-report = تقرير
search-kind-study = دراسة
search-kind-law = نصّ قانوني
search-kind-tool = أداة
search-kind-fiche = بطاقة حلّ
search-count = { $count ->
    [zero] لا نتائج
    [one] نتيجة واحدة
    [two] نتيجتان
    [few] { $count } نتائج
    [many] { $count } نتيجة
   *[other] { $count } نتيجة
}
search-count-more = { $count ->
    [zero] لا نتائج
    [one] أكثر من نتيجة واحدة
    [two] أكثر من نتيجتين
    [few] أكثر من { $count } نتائج
    [many] أكثر من { $count } نتيجة
   *[other] أكثر من { $count } نتيجة
}
search-instead = نتائج البحث عن « { $text } »
search-instead-of = لا شيء يحتوي على « { $text } ».
search-everywhere = البحث في كلّ شيء
search-nothing = لم نجد شيئًا عن « { $text } »
search-nothing-text = جرّبوا كلمات أقلّ أو كلمات أخرى. وإن لم يوجد الجواب بعد، فاطرحوا السؤال: لعلّ أحدهم يعرفه.
search-nothing-filtered = لا نتائج بهذا الاختيار. لعلّها موجودة خارجه.
search-ask = اطرحوا سؤالًا
search-no-words = أضيفوا كلمة أخرى
search-no-words-text = كلمات مثل « في » و« من » و« على » موجودة في كلّ النصوص. أضيفوا كلمة تدلّ على ما تبحثون عنه.
search-begin = كلّ ما تتقاسمه المجموعة
search-begin-text = الوحدات والندوات والأسئلة والحلول والوثائق بنصوصها والجمعيّات. بالعربيّة أو بالفرنسيّة، ولا تضرّ أخطاء الكتابة.
