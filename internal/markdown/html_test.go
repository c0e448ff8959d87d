package markdown

import "testing"

func TestXHTML(t *testing.T) {
	image := func(dest string) string {
		if dest == "gone.png" {
			return ""
		}
		return "files/" + dest
	}
	for src, want := range map[string]string{
		"One *two* **three** `four`.":               "<p>One <em>two</em> <strong>three</strong> <code>four</code>.</p>",
		"A [**bold** term](term:x) and <b>tag</b>.": "<p>A <strong>bold</strong> term and tag.</p>",
		"![Alt & more](a.png)":                      `<p><img src="files/a.png" alt="Alt &amp; more" /></p>`,
		"![Alt](gone.png) stays as words":           "<p>Alt stays as words</p>",
		"Line\\\nbreak":                             "<p>Line<br />\nbreak</p>",
		"a < b & c > d \"q\"":                       "<p>a &lt; b &amp; c &gt; d &quot;q&quot;</p>",
	} {
		got, err := XHTML(src, image)
		if err != nil || got != want {
			t.Errorf("XHTML(%q) = %q, %v, want %q", src, got, err, want)
		}
	}
}
