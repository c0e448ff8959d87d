package locale

import "strings"

// PluralRule is how a language counts: gettext's expression, and the CLDR category of each of its forms in order (CLDR,
// Language Plural Rules; the expressions are those in the gettext manual, "Plural forms").
type PluralRule struct {
	Categories []string
	Expression string
}

// Plural is the rule of a language; a language we do not know counts as English does.
func Plural(lang string) PluralRule {
	base, _, _ := strings.Cut(lang, "-")
	switch base {
	case "ar":
		return PluralRule{[]string{"zero", "one", "two", "few", "many", "other"},
			"(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5)"}
	case "ru", "uk", "be":
		return PluralRule{[]string{"one", "few", "many"},
			"(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)"}
	case "zh", "ja", "ko", "th", "vi", "id":
		return PluralRule{[]string{"other"}, "0"}
	case "fr", "pt":
		return PluralRule{[]string{"one", "other"}, "(n > 1)"}
	}
	return PluralRule{[]string{"one", "other"}, "(n != 1)"}
}

// category is the CLDR category of a form.
func (r PluralRule) category(form int) string {
	if form < len(r.Categories) {
		return r.Categories[form]
	}
	return "other"
}

// header is the Plural-Forms header of the rule.
func (r PluralRule) header() string {
	return "nplurals=" + string(rune('0'+len(r.Categories))) + "; plural=" + r.Expression + ";"
}
