package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
)

// Answer is what came of an answer so far; its text is printed at once.
type Answer struct {
	model, finishReason, last  string
	promptTokens, answerTokens int64
}

// take reads a GenerateContentResponse, or a part of one.
func (answer *Answer) take(data []byte) *Problem {
	response, problem := parse(data)
	if problem != nil {
		return problem
	}
	object, isObject := response.(map[string]any)
	if !isObject {
		return fail("malformed", "the answer is no object")
	}
	if _, isError := object["error"]; isError {
		return refusal(0, response, "")
	}
	if model := textAt(response, "modelVersion"); model != "" {
		answer.model = model
	}
	if count, isCount := whole(at(response, "usageMetadata", "promptTokenCount")); isCount {
		answer.promptTokens = count
	}
	if count, isCount := whole(at(response, "usageMetadata", "candidatesTokenCount")); isCount {
		answer.answerTokens = count
	}
	parts, _ := at(response, "candidates", 0, "content", "parts").([]any)
	for _, part := range parts {
		if at(part, "thought") != true {
			answer.show(textAt(part, "text"))
		}
	}
	if reason := textAt(response, "candidates", 0, "finishReason"); reason != "" {
		answer.finishReason = reason
	}
	if reason := textAt(response, "promptFeedback", "blockReason"); reason != "" {
		return fail("blocked", "the question was blocked: "+clean(reason))
	}
	return nil
}

func (answer *Answer) show(text string) {
	if text == "" {
		return
	}
	answer.last = text[len(text)-1:]
	_, _ = os.Stdout.WriteString(text)
}

func (answer *Answer) endLine() {
	if answer.last != "" && answer.last != "\n" {
		answer.show("\n")
	}
}

func (answer *Answer) check() *Problem {
	switch answer.finishReason {
	case "", "STOP", "MAX_TOKENS", "FINISH_REASON_UNSPECIFIED":
	default:
		return fail("blocked", "the answer was blocked: "+clean(answer.finishReason))
	}
	if answer.last == "" {
		return fail("malformed", "there is no text in the answer")
	}
	return nil
}

func parse(data []byte) (any, *Problem) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var value any
	err := decoder.Decode(&value)
	if err == nil {
		_, err = decoder.Token()
	}
	if err != io.EOF {
		return nil, fail("malformed", "the answer is not JSON")
	}
	return value, nil
}

// at is what is found on a way through objects and lists; nil where it ends.
func at(value any, path ...any) any {
	for _, step := range path {
		switch step := step.(type) {
		case int:
			list, _ := value.([]any)
			if step >= len(list) {
				return nil
			}
			value = list[step]
		case string:
			object, _ := value.(map[string]any)
			value = object[step]
		}
	}
	return value
}

func textAt(value any, path ...any) string {
	text, _ := at(value, path...).(string)
	return text
}

func whole(value any) (int64, bool) {
	number, isNumber := value.(json.Number)
	if !isNumber {
		return 0, false
	}
	count, err := number.Int64()
	return count, err == nil
}
