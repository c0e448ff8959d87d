package locale

import (
	"strings"
	"testing"

	"lectern/internal/course"
	"lectern/internal/diag"
)

func TestCompare(t *testing.T) {
	const emphasis = "put as many *words* and **words** as the source has; next to Chinese punctuation move the marks"
	const structure = "begin as the source begins; write a backslash before a mark that makes a list, a heading or a quotation"
	const braces = "copy what stands between {{ and }} from the source"
	for _, tt := range []struct {
		name          string
		kind          course.Kind
		source, value string
		want          string // rule, message and hint of each finding
	}{
		{"words", course.KindParagraph, "A text.", "Un texte.", ""},
		{"same marks in another order", course.KindParagraph, "*A* **b** [c](d) `e` [^f]", "`e` [^f] [C](d) **B** *a*", ""},
		{"lost link", course.KindParagraph, "A [b](c) [d](e).", "Un [b](c).",
			"error po-links links differ: missing \"e\" | keep every destination as it is; translate only what stands in the brackets"},
		{"changed link", course.KindParagraph, "A [b](c).", "Un [b](d).",
			"error po-links links differ: missing \"c\"; added \"d\" | keep every destination as it is; translate only what stands in the brackets"},
		{"picture for a link", course.KindParagraph, "A [b](c).", "Un ![b](c).",
			"error po-links links differ: missing \"c\"; added \"!c\" | keep every destination as it is; translate only what stands in the brackets"},
		{"code", course.KindParagraph, "A `b`.", "Un `c`.", "error po-code code spans differ: missing \"b\"; added \"c\" | copy what stands between backquotes from the source"},
		{"footnotes", course.KindParagraph, "A[^1].", "Un.", "error po-footnotes footnotes differ: missing \"[^1]\" | keep every [^mark] of the source"},
		{"emphasis", course.KindParagraph, "A **b**.", "Un b.", "error po-emphasis emphasis and strong marks differ: missing \"**\" | " + emphasis},
		{"emphasis in Chinese", course.KindParagraph, "He said **“hello”**, then.", "他说**“你好”**然后。", "error po-emphasis emphasis and strong marks differ: missing \"**\" | " + emphasis},
		{"emphasis in Chinese with the marks moved", course.KindParagraph, "He said **“hello”**, then.", "他说“**你好**”然后。", ""},
		{"list", course.KindParagraph, "A text.", "- Un texte.", "error po-structure blocks differ: missing \"Paragraph\"; added \"List\", \"ListItem\", \"TextBlock\" | " + structure},
		{"number that makes a list", course.KindParagraph, "In 2016, a text.", "2016. Un texte.",
			"error po-structure blocks differ: missing \"Paragraph\"; added \"List\", \"ListItem\", \"TextBlock\" | " + structure},
		{"number that makes none", course.KindParagraph, "In 2016, a text.", "2016\\. Un texte.", ""},
		{"HTML", course.KindParagraph, "A text.", "Un <b>texte</b>.", "error html HTML is not rendered | use Markdown; write &lt; for a less-than sign before a letter"},
		{"marks in a title", course.KindTitle, "A *title*", "Un titre <b>", ""},
		{"private use", course.KindTitle, "A", "\ue000", "error text-encoding the translation holds a control or private-use character | remove it"},
		{"reference", course.KindAlt, "A", "B &#xE001;", "error text-encoding the translation holds a control or private-use character | remove it\n" +
			"warning po-numbers numbers differ: added \"001\" | check the numbers against the source"},
		{"shortcode", course.KindTitle, "A", "{{< b", "error shortcode text cannot call templates | write the text itself; put a space between the braces to show them"},
		{"placeholder", course.KindMessage, "{{ .Count }} of {{ .Total }}", "{{ .Count }} de {{ .Somme }}",
			"error po-placeholder placeholders differ: missing \"{{ .Total }}\"; added \"{{ .Somme }}\" | " + braces},
		{"placeholder over lines", course.KindMessage, "A", "{{\n.Count }}", "error po-placeholder placeholders differ: added \"{{\\n.Count }}\" | " + braces},
		{"placeholders in another order", course.KindMessage, "{{ .Count }} of {{ .Total }}", "{{ .Total }}: {{ .Count }}", ""},
		{"gap", course.KindPrompt, "A {{gap}} b", "Un b", "error po-placeholder placeholders differ: missing \"{{gap}}\" | " + braces},
		{"words to mark", course.KindPrompt, "A [[a: lie]] and a [[b: threat]].", "Un [[b: menace]] et [[c: mensonge]].",
			"error po-marks words to mark differ: missing \"a\"; added \"c\" | write [[id: the words]] in the translation with each id of the source"},
		{"words to mark in another order", course.KindPrompt, "A [[a: lie]] and a [[b: threat]].", "Une [[b: menace]] et un [[a: mensonge]].", ""},
		{"number", course.KindParagraph, "Within 30 days.", "Dans les 90 jours.", "warning po-numbers numbers differ: missing \"30\"; added \"90\" | check the numbers against the source"},
		{"number in words", course.KindParagraph, "Within 3 days.", "Dans les trois jours.", "warning po-numbers numbers differ: missing \"3\" | check the numbers against the source"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			pos := diag.Pos{File: "a.po", Line: 7}
			var got []string
			for _, d := range compare(pos, course.Text{Kind: tt.kind, Source: tt.source, Value: tt.value}) {
				if d.Pos != pos {
					t.Errorf("at %s", d.Pos)
				}
				got = append(got, string(d.Severity)+" "+d.Rule+" "+d.Message+" | "+d.Hint)
			}
			if g := strings.Join(got, "\n"); g != tt.want {
				t.Errorf("got\n%s\nwant\n%s", g, tt.want)
			}
		})
	}
}

func TestNumbers(t *testing.T) {
	for _, tt := range []struct{ source, value string }{
		{"article 3(a) of 2000", "المادة ٣ (أ) لعام ٢٠٠٠"},
		{"article 3 of 2000", "ماده ۳ از ۲۰۰۰"},
		{"12 and 34", "３４和１２"},
		{"7 days", "७ दिन"},
		{"1,234,567 people", "1\u202f234\u00a0567 personnes"},
		{"1,234 people", "1.234 personas"},
		{"1,234 people", "1\u00a0234 человека"},
		{"1,234 people", "١٬٢٣٤ شخصًا"},
		{"1,234 people", "1'234 persone"},
		{"1.5 hours", "1,5 heure"},
		{"2.5", "٢٫٥"},
		{"1, 2, 3", "3, 2, 1"},
		{"[3 articles](cite:law-2000)[^12]", "[3 articles](cite:loi)[^1]"},
		{"the 1990s and 2000s", "les années 1990 et deux mille"},
		{"no numbers", "aucun"},
		{"3(a)", "3 a)"},
	} {
		if d := missing(numbers(tt.source, tt.source), numbers(tt.source, tt.value)); d != "" {
			t.Errorf("%q and %q: %s", tt.source, tt.value, d)
		}
	}
	for _, tt := range []struct{ source, value, want string }{
		{"3", "٤", `missing "3"; added "4"`},
		{"1,234", "1,243", `missing "1234"; added "1243"`},
		{"12,34", "1234", `missing "12", "34"; added "1234"`},
		{"3 and 3", "3", `missing "3"`},
		{"1990", "1990s 1990", `added "1990"`},
		{"30", "", `missing "30"`},
		{"", "30", `added "30"`},
	} {
		if d := missing(numbers(tt.source, tt.source), numbers(tt.source, tt.value)); d != tt.want {
			t.Errorf("%q and %q: %q, want %q", tt.source, tt.value, d, tt.want)
		}
	}
}

func TestPlurals(t *testing.T) {
	for lang, want := range map[string]string{
		"en": "nplurals=2; plural=(n != 1); one other", "de": "nplurals=2; plural=(n != 1); one other", "fr": "nplurals=2; plural=(n > 1); one other",
		"pt-BR": "nplurals=2; plural=(n > 1); one other", "es": "nplurals=2; plural=(n != 1); one other", "zh": "nplurals=1; plural=0; other",
		"zh-Hant": "nplurals=1; plural=0; other",
		"ru":      "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2); one few many",
		"ar":      "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5); zero one two few many other",
	} {
		if got := Plural(lang).header() + " " + strings.Join(Plural(lang).Categories, " "); got != want {
			t.Errorf("%s: %s, want %s", lang, got, want)
		}
	}
}

func TestInterface(t *testing.T) {
	messages := []course.Message{
		{Text: course.NewText("skip", course.KindMessage, "Skip", diag.Pos{}), Forms: map[string]string{"other": "Skip"}},
		{Text: course.NewText("minutes", course.KindMessage, "{{ .Count }} minutes", diag.Pos{}), Singular: "{{ .Count }} minute",
			Forms: map[string]string{"one": "{{ .Count }} minute", "other": "{{ .Count }} minutes"}},
		{Text: course.NewText("none", course.KindMessage, "Nothing", diag.Pos{}), Forms: map[string]string{"other": "Nothing"}},
		{Text: course.NewText("half", course.KindMessage, "Half", diag.Pos{}), Forms: map[string]string{"other": "Half"}},
	}
	minutes := func(forms ...string) string {
		out := "msgctxt \"interface#minutes\"\nmsgid \"{{ .Count }} minute\"\nmsgid_plural \"{{ .Count }} minutes\"\n"
		for i, form := range forms {
			out += "msgstr[" + string(rune('0'+i)) + "] \"" + form + "\"\n"
		}
		return out + "\n"
	}
	defaults := catalogues(t, map[string]string{"interface.po": "msgctxt \"interface#skip\"\nmsgid \"Skip\"\nmsgstr \"Passer\"\n\n" + minutes("{{ .Count }} minute", "{{ .Count }} minutes") +
		"#, fuzzy\nmsgctxt \"interface#half\"\nmsgid \"Half\"\nmsgstr \"Moitié\"\n"})
	own := catalogues(t, map[string]string{"interface.po": "msgctxt \"interface#skip\"\nmsgid \"Skip\"\nmsgstr \"Sauter\"\n"})
	out, diags := Interface(messages, "fr", defaults, own)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	for i, want := range []struct{ one, other, state string }{
		{"", "Sauter", "translated"}, {"{{ .Count }} minute", "{{ .Count }} minutes", "translated"}, {"", "Nothing", "untranslated"}, {"", "Half", "untranslated"},
	} {
		if m := out[i]; m.Forms["one"] != want.one || m.Forms["other"] != want.other || m.State.String() != want.state {
			t.Errorf("%s: %v, %s", m.ID, m.Forms, m.State)
		}
	}
	if messages[0].Forms["other"] != "Skip" {
		t.Error("the messages were changed")
	}

	for _, tt := range []struct {
		lang  string
		forms []string
		want  string
	}{
		{"ru", []string{"{{ .Count }} минута", "{{ .Count }} минуты", "{{ .Count }} минут"}, "few={{ .Count }} минуты many={{ .Count }} минут one={{ .Count }} минута other={{ .Count }} минут"},
		{"zh", []string{"{{ .Count }} 分钟"}, "other={{ .Count }} 分钟"},
		{"ar", []string{"لا دقائق", "دقيقة", "دقيقتان", "{{ .Count }} دقائق", "{{ .Count }} دقيقة", "{{ .Count }} دقيقة"},
			"few={{ .Count }} دقائق many={{ .Count }} دقيقة one=دقيقة other={{ .Count }} دقيقة two=دقيقتان zero=لا دقائق"},
	} {
		out, diags := Interface(messages[1:2], tt.lang, catalogues(t, map[string]string{"interface.po": minutes(tt.forms...)}))
		var got []string
		for _, category := range []string{"few", "many", "one", "other", "two", "zero"} {
			if form, ok := out[0].Forms[category]; ok {
				got = append(got, category+"="+form)
			}
		}
		if g := strings.Join(got, " "); g != tt.want || len(diags) > 0 {
			t.Errorf("%s: %s %v", tt.lang, g, diags)
		}
	}

	_, diags = Interface(messages[1:2], "fr", catalogues(t, map[string]string{"interface.po": minutes("une minute", "des minutes")}))
	const want = "translations/fr/interface.po:7: error: placeholders differ: missing \"{{ .Count }}\" [po-placeholder]\n  hint: copy what stands between {{ and }} from the source\n"
	if got := text(diags); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}
