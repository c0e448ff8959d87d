package markdown

import (
	"errors"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"
)

func same(dest string) string { return dest }

func TestFromXHTML(t *testing.T) {
	for _, test := range []struct {
		name, src, want string
		lost            []string
	}{
		{"paragraphs", "<p>One</p><p>Two <em>a</em> <strong>b</strong> <code>c</code></p>", "One\n\nTwo *a* **b** `c`", nil},
		{"synonyms", "<div><i>a</i> <b>b</b> <s>c</s> <kbd>d</kbd></div>", "*a* **b** ~~c~~ `d`", nil},
		{"bare text", "a &lt; b &amp; c", "a < b & c", nil},
		{"line break", "a<br>b<br/>", "a\\\nb", nil},
		{"two line breaks", "a<br><br>b", "a\n\nb", nil},
		{"lists", "<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>", "- a\n- b\n  1. c", nil},
		{"loose list", "<ol start=\"3\"><li><p>a</p></li><li><p>b</p><p>c</p></li></ol>", "3. a\n\n4. b\n\n   c", nil},
		{"tasks", `<ul><li><input type="checkbox" checked> a</li><li><input type="checkbox"> b</li></ul>`, "- [x] a\n- [ ] b", nil},
		{"table", "<table><thead><tr><th>a</th><th align=\"right\">b</th></tr></thead><tbody><tr><td>1|2</td></tr></tbody></table>",
			"| a | b |\n| --- | ---: |\n| 1\\|2 |  |", nil},
		{"table without heading", "<table><tr><td colspan=2>a<br>b</td></tr></table>", "| a b |\n| --- |", []string{"<br> in a table", "a table without a row of headings", "colspan"}},
		{"heading, quote, rule, code", "<h2>a</h2><blockquote><p>b</p></blockquote><hr><pre><code class=\"language-go\">x := `y`\n\nz</code></pre>",
			"## a\n\n> b\n\n___\n\n```go\nx := `y`\n\nz\n```", nil},
		{"picture", `<p><img src="a b.png" alt="x [y]" title='q "r"'></p>`, `![x \[y\]](a%20b.png "q \"r\"")`, nil},
		{"picture from elsewhere", `<img src="https://x/y.png" alt="Alt"><img src="data:image/png;base64,xx"><img src="//x/y">`, "Alt", []string{"a picture from elsewhere"}},
		{"script", `a<script>alert(1)</script><p onclick="x()" style="color:red">b</p>`, "a\n\nb", []string{"<script>"}},
		{"players and forms", `a<iframe src="x">i</iframe><video><source></video><form>f</form><svg><text>x</text></svg>`, "a", []string{"<form>", "<iframe>", "<svg>", "<video>"}},
		{"words of formatting stay", `H<sub>2</sub>O <u>x</u> <a href="javascript:x">y</a> <font color="red">z</font>`, "H2O x y z", []string{"<a>", "<font>", "<sub>", "<u>"}},
		{"editor's empty paragraphs", "<p>&nbsp;</p><p>a</p><p><br></p><p> b&nbsp;</p>", "a\n\nb", nil},
		{"spaces in emphasis", "a<strong> b </strong>c<em> </em>d", "a **b** c d", nil},
		{"neighbours", "<strong>a</strong><strong>b</strong><code>c</code><code>d</code>", "**ab**`cd`", nil},
		{"emphasis that Markdown cannot end", "<p><em>“x”</em>字</p>", "“x”字", []string{"emphasis"}},
		{"what looks like blocks", "<p># a<br>- b<br>+ c<br>1. d<br>&gt; e<br>=== <br>---<br>: f<br>[x] g</p>",
			"\\# a\\\n\\- b\\\n\\+ c\\\n1\\. d\\\n\\> e\\\n===\\\n---\\\n\\: f\\\n\\[x] g", nil},
		{"what looks like inlines", "<p>*a* _b_ `c` [d](e) ![f](g) &lt;b&gt; &amp;lt; [^1] a_b 2 * 3 ~50 \\* \\n</p>",
			"\\*a\\* \\_b\\_ \\`c\\` [d\\](e) ![f\\](g) &lt;b> &amp;lt; \\[^1] a_b 2 * 3 ~50 \\\\\\* \\n", nil},
		{"gap", "Is {{when}} [[1]]", "Is {{when}} [[1]]", nil},
		{"list in emphasis", "<b><ul><li>a</li></ul></b>", "**a**", []string{"<li>", "<ul>"}},
		{"definitions", "<dl><dt>a</dt><dd>b</dd></dl>", "a\n\nb", []string{"<dd>", "<dl>", "<dt>"}},
		{"controls", "a\x01b\u200fc", "ab\u200fc", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, lost, err := FromXHTML(test.src)
			if err != nil || got != test.want || !reflect.DeepEqual(lost, test.lost) {
				t.Errorf("FromXHTML(%q) =\n%q, lost %q, %v; want\n%q, %q", test.src, got, lost, err, test.want, test.lost)
			}
		})
	}
}

func TestFromXHTMLRefuses(t *testing.T) {
	for name, src := range map[string]string{
		"size":     strings.Repeat("a ", MaxHTML),
		"nesting":  strings.Repeat("<ul><li>", 40) + "a",
		"markup":   strings.Repeat("*a ", 5000),
		"one line": strings.Repeat("a", 100_000),
	} {
		if got, _, err := FromXHTML(src); !errors.Is(err, ErrTooLarge) {
			t.Errorf("%s: %.40q, %v", name, got, err)
		}
	}
	if _, _, err := FromXHTML(strings.Repeat("<b><i>", 10000)); err == nil || err.Error() != "read html: html: open stack of elements exceeds 512 nodes" {
		t.Error(err)
	}
}

// What an author writes comes back as it was.
func TestFromXHTMLUndoes(t *testing.T) {
	for _, src := range []string{
		"Plain.",
		"Two lines\nof one paragraph.\n\nAnother: *a*, **b**, ***c***, `d`, ~~e~~.",
		"\"He said: 'no'.\" 9.40, article 3(a), 50 %, a_b, 2 * 3, [sic], R&D, 1 < 2 > 1, ~50, C# and #1.",
		"- a\n- b\n  - c\n- d\n\n1. one\n2. two\n\n- other",
		"- a\n\n  b\n\n- c",
		"- a\n\n* b\n\n- c",
		"a\n\\===\nb\n\\---\nc\n\\|-|-|",
		"- [ ] a\n- [x] b",
		"## Heading\n\n> quote\n>\n> more\n\n```\ncode *not*\n```",
		"| a | b |\n| --- | :---: |\n| *x* | `y` |",
		"![Alt \"text\"](images/a.png \"Caption\")",
		"Line\\\nbreak",
		"&lt;b> is not bold, \\*nor\\* this, `` ` `` is a tick.",
		"هل **الموافقة** صحيحة؟ — «نعم»، **لا**.",
		"受害人的**同意**何时无关？",
		"A **bold, *both* word** and *em **both***.",
		"The {{gap}} stands [[id: here]].",
	} {
		undoes(t, src)
	}
}

func undoes(t *testing.T, src string) {
	t.Helper()
	html, err := XHTML(src, same)
	if err != nil {
		t.Fatal(err)
	}
	got, lost, err := FromXHTML(html)
	if err != nil || got != src || len(lost) > 0 {
		t.Errorf("got\n%s\nwant\n%s\nlost %q, %v", got, src, lost, err)
	}
}

// A generator of Markdown as FromXHTML writes it.
func TestFromXHTMLUndoesGenerated(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		undoes(t, generated(r))
	}
}

func generated(r *rand.Rand) string {
	var blocks []string
	last := ""
	for range 1 + r.IntN(4) {
		kind := []string{"p", "ul", "ol", "quote", "code", "table", "h"}[r.IntN(7)]
		if kind == last && (kind == "ul" || kind == "ol") {
			kind = "p"
		}
		last = kind
		switch kind {
		case "p":
			blocks = append(blocks, sentence(r))
		case "ul":
			blocks = append(blocks, "- "+sentence(r)+"\n- "+sentence(r)+"\n  1. "+sentence(r))
		case "ol":
			blocks = append(blocks, "1. "+sentence(r)+"\n\n   "+sentence(r)+"\n\n2. "+sentence(r))
		case "quote":
			blocks = append(blocks, "> "+sentence(r)+"\n>\n> "+sentence(r))
		case "code":
			blocks = append(blocks, "```\n"+word(r)+"\n```")
		case "table":
			blocks = append(blocks, "| "+sentence(r)+" | "+sentence(r)+" |\n| --- | ---: |\n| "+sentence(r)+" |  |")
		case "h":
			blocks = append(blocks, "### "+sentence(r))
		}
	}
	return strings.Join(blocks, "\n\n")
}

func sentence(r *rand.Rand) string {
	words := []string{word(r)}
	for range 1 + r.IntN(6) {
		w := word(r)
		switch r.IntN(8) {
		case 0:
			w = "*" + w + "*"
		case 1:
			w = "**" + w + " " + word(r) + "**"
		case 2:
			w = "`" + w + "`"
		case 3:
			w = "![" + w + "](images/a.png)"
		}
		words = append(words, w)
	}
	return strings.Join(words, " ") + "."
}

func word(r *rand.Rand) string {
	return []string{"word", "a_b", "3(a)", "9.40", "«x»", "الموافقة", "同意", "it's", "R&D", "x<y", "100%", "C#", "(see)", "a/b", "{{g}}", "end,"}[r.IntN(16)]
}

func FuzzFromXHTML(f *testing.F) {
	for _, src := range []string{
		"<p>a <em>b</em></p>", "<ul><li>a<ul><li>b</li></ul></li></ul>", "<ol><li><p>a</p></li></ol>", "<table><tr><th>a|b<td>c</table>",
		"<pre>a\n```\nb</pre>", "<blockquote><h1># a #</h1></blockquote>", "<img src=a alt=']['>", "a<br><br>b", "<b><i>x</i></b>y<i> z</i>",
		"1.<br>- <br>* *<br>---", "[a]: b", ": a", "<code>`</code>", "<s>~</s>~", "<p>a\\</p>", "<li><hr><li><pre>x", "<em>“a”</em>b", "&amp;amp;",
		"<ul><li><input type=checkbox>a<table><tr><td>b</table></ul>",
	} {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		start := time.Now()
		first, _, err := FromXHTML(src)
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("took %v", took)
		}
		if err != nil {
			return
		}
		again(t, first)
	})
}

func FuzzXHTML(f *testing.F) {
	for _, src := range []string{"a *b* **c** `d`", "- a\n- b\n\n1. c\n2. d", "| a |\n| --- |\n| b |", "> # a\n> - b", "a\\\nb", "&lt;", "![a](b \"c\")", "[^1]\n\n[^1]: x", "a\n: b"} {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		if len(src) > 2000 {
			return
		}
		html, err := XHTML(src, same)
		if err != nil {
			return
		}
		first, _, err := FromXHTML(html)
		if err != nil {
			return
		}
		again(t, first)
	})
}

// again holds what FromXHTML promises of all it returns: it is safe, and it comes back.
func again(t *testing.T, first string) {
	t.Helper()
	html, err := XHTML(first, same)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(html, "<script") || strings.Contains(html, "<a ") || strings.Contains(html, "<!--") {
		t.Errorf("unsafe: %q", html)
	}
	second, lost, err := FromXHTML(html)
	if err != nil || second != first || len(lost) > 0 && strings.Join(lost, "") != "emphasis" {
		t.Errorf("not stable\n%q\n%q\nlost %q, %v\n%s", first, second, lost, err, html)
	}
}
