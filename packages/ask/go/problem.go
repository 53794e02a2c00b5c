package main

import (
	"fmt"
	"math"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Problem is why there is no answer: a class, and a sentence without a line break.
type Problem struct {
	kind, text string
	retry      bool
	// pause is how many seconds the service asks for; negative when it does not.
	pause float64
}

var statuses = map[string]int{
	"usage": 2, "key": 10, "quota": 11, "unavailable": 12, "time-out": 13, "blocked": 14, "malformed": 15,
	"network": 16, "request": 17,
}

func fail(kind, text string) *Problem { return &Problem{kind: kind, text: text, pause: -1} }

// refusal is the class of a status or of an error object: see https://ai.google.dev/gemini-api/docs/troubleshooting.
func refusal(status int, body any, retryAfter string) *Problem {
	if list, isList := body.([]any); isList {
		body = at(list, 0)
	}
	if status == 0 {
		code, _ := whole(at(body, "error", "code"))
		status = int(code)
	}
	said := clean(textAt(body, "error", "message"))
	tail := ""
	if said != "" {
		tail = ": " + said
	}
	details, _ := at(body, "error", "details").([]any)
	isKey := strings.Contains(said, "API key not valid")
	for _, detail := range details {
		isKey = isKey || textAt(detail, "reason") == "API_KEY_INVALID"
	}
	if status == 401 || status == 403 || status == 400 && isKey {
		return fail("key", fmt.Sprintf("the key was refused (status %d)%s", status, tail))
	}
	if status != 429 && (status < 500 || status > 599) {
		return fail("request", fmt.Sprintf("the request was refused (status %d)%s", status, tail))
	}
	problem := fail("unavailable", fmt.Sprintf("the service is not available (status %d)%s", status, tail))
	if status == 429 {
		problem = fail("quota", "no quota is left (status 429)"+tail)
	}
	problem.retry, problem.pause = true, seconds(retryAfter)
	for _, detail := range details {
		delay := strings.TrimSuffix(textAt(detail, "retryDelay"), "s")
		if problem.pause < 0 && delay != textAt(detail, "retryDelay") && decimalForm.MatchString(delay) {
			problem.pause, _ = strconv.ParseFloat(delay, 64)
		}
	}
	return problem
}

var secondsForm = regexp.MustCompile(`^[0-9]{1,9}$`)

// seconds reads Retry-After: a number of seconds or a date (RFC 9110, 10.2.3).
func seconds(text string) float64 {
	text = strings.TrimSpace(text)
	if secondsForm.MatchString(text) {
		number, _ := strconv.ParseFloat(text, 64)
		return number
	}
	date, err := http.ParseTime(text)
	if err != nil {
		return -1
	}
	return math.Max(0, time.Until(date).Seconds())
}

var spaces = regexp.MustCompile(`[\x00-\x20\x7f-\x{9f}]+`)

// clean makes one line without control characters.
func clean(text string) string { return strings.Trim(spaces.ReplaceAllString(text, " "), " ") }

// hide takes the key out of what the service said, and cuts what is long after that: half a key is a leak, too.
func (problem *Problem) hide(key string) {
	characters := []rune(strings.ReplaceAll(problem.text, key, "[redacted]"))
	if len(characters) > 300 {
		characters = characters[:300]
	}
	problem.text = string(characters)
}

// short is a number of seconds as people write it.
func short(value float64) string { return strconv.FormatFloat(value, 'f', -1, 64) }
