// Package moodle writes and reads Moodle's two formats for question banks: Moodle XML, which holds nearly all of a question, and
// GIFT, a short text format that many tools read and that holds less. Both follow what Moodle's own importers do with a file
// (docs.moodle.org/en/Moodle_XML_format and docs.moodle.org/en/GIFT_format), because an importer that does not know a field is silent.
// Neither format knows languages: a file has one.
package moodle

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strconv"
	"strings"

	"lectern/internal/course"
	"lectern/internal/pack/bank"
)

// What no file says, by the names that the lists of losses use.
const (
	lostQuestion   = "the question"
	lostIDs        = "the ids of options, gaps and pairs: they come back as letters"
	lostLinks      = "links in texts: their words stay"
	lostSee        = "the link to the lesson"
	lostUnchosen   = "feedback for not having chosen an option"
	lostAll        = "all or nothing: right parts earn points"
	lostAccents    = "accents and Arabic letters: they must be typed as in the answer"
	lostCase       = "capitals: they do not matter"
	lostTypos      = "tolerance for typing errors"
	lostFractions  = "points of a partly right answer: Moodle has a fixed list of them"
	lostEqual      = "equal points for the right options: Moodle has no such fraction"
	lostWeight     = "the weight"
	lostFeedback   = "feedback for single choices, pairs and items"
	lostFormatting = "formatting and pictures in choices"
	lostRight      = "further right choices of a gap"
	lostAreas      = "the areas of the picture: they are a list of options"
	lostMarks      = "marking words in the passage: they are a list of options"
	lostHints      = "the hints"
	lostPictures   = "pictures: their alternative texts stay"
	lostUnit       = "the unit"
	lostModel      = "the explanation: an essay has only its model answer"
	lostAnswer     = "an accepted answer with -> in it"
	lostWordless   = "options without words"
	lostSequence   = "the fixed sequence of options: Moodle mixes them"
)

// format is one of the two. GIFT is the poorer.
type format int

const (
	formatXML format = iota
	formatGIFT
)

const maxIDNumber = 100

// idNumber is a path as the number that Moodle knows a question by: at most 100 characters, and none that a comment of GIFT ends at.
func idNumber(path string) string {
	clean := strings.Map(func(r rune) rune {
		if r <= ' ' || r > '~' || r == '[' || r == ']' || r == '<' || r == '>' {
			return '-'
		}
		return r
	}, path)
	if len(clean) <= maxIDNumber && clean == path {
		return clean
	}
	sum := sha256.Sum256([]byte(path))
	mark := hex.EncodeToString(sum[:4]) + "-"
	return mark + clean[max(0, len(clean)-(maxIDNumber-len(mark))):]
}

// title is the words that a question is listed under.
func title(q course.Question) string {
	text, _ := plain(gapPattern.ReplaceAllString(q.Prompt.Value, "…"))
	const most = 60
	runes := []rune(text)
	if len(runes) == 0 {
		return q.ID
	}
	if len(runes) <= most {
		return text
	}
	cut := string(runes[:most])
	if at := strings.LastIndex(cut, " "); at > most/2 {
		cut = cut[:at]
	}
	return cut + "…"
}

// ruled lists what a question bank says nothing of because it is about taking a quiz.
func ruled(q course.Quiz, f format) []string {
	var lost []string
	for what, has := range map[string]bool{
		"the pass mark":                 q.Mode == course.Graded,
		"the number of attempts":        q.Attempts > 0,
		"drawing some of the questions": q.Draw > 0,
		"when feedback is shown":        q.Feedback != "" && q.Feedback != course.FeedbackQuestion,
		"asking how sure one is":        q.Certainty,
		"the time limit":                q.Minutes > 0,
	} {
		if has {
			lost = append(lost, what)
		}
	}
	slices.Sort(lost)
	return lost
}

var errNothing = errors.New("no question of the quiz can be written in this format")

// export goes through a bank's questions as a format holds them, and lists what it cannot hold.
func export(f format, b bank.Bank, category func(q course.Quiz, path string),
	question func(q course.Question, quiz course.Quiz, id string)) (losses []bank.Loss, written int) {
	last, ids := "", map[string]bool{}
	for _, item := range b.Questions {
		path := strings.TrimSuffix(item.Path, "/"+item.Question.ID)
		h := &holder{format: f}
		held, ok := h.hold(item.Question)
		if !ok {
			what := lostQuestion + ": the format has nothing like its type, " + string(item.Question.Type)
			losses = append(losses, bank.Loss{Question: item.Path, What: what})
			continue
		}
		if path != last || written == 0 {
			last = path
			for _, what := range ruled(item.Quiz, f) {
				losses = append(losses, bank.Loss{Question: path, What: what})
			}
			category(item.Quiz, path)
		}
		for _, what := range h.lost {
			losses = append(losses, bank.Loss{Question: item.Path, What: what})
		}
		id := idNumber(item.Path)
		for n := 2; ids[id]; n++ { // Moodle drops the second of two
			id = idNumber(item.Path + "-" + strconv.Itoa(n))
		}
		ids[id] = true
		question(held, item.Quiz, id)
		written++
	}
	if written > 0 {
		losses = append([]bank.Loss{{What: lostIDs}}, losses...)
	}
	return losses, written
}
