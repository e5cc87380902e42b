package schemas

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
)

// AppendJSON appends e in the JSON format of CloudEvents 1.0 (structured mode) as one object on one line, without the line's end. The
// member "sequence" is that of the PRESS stream: where to continue. release is e.Release as JSON, as it is stored; nil: e.Release is
// encoded here. Members are written one by one: an object that marshals itself would be read through again.
func (e *Event) AppendJSON(dst, release []byte) ([]byte, error) {
	b := bytes.NewBuffer(dst)
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	encode := func(v any) error {
		err := enc.Encode(v)
		b.Truncate(b.Len() - 1) // the encoder ends with a line
		return err
	}
	b.WriteByte('{')
	for name, value := range e.Attributes() {
		fmt.Fprintf(b, "%q:", name)
		if name == AttrRevision || name == AttrRawSequence {
			b.WriteString(value)
		} else if err := encode(value); err != nil {
			return dst, err
		}
		b.WriteByte(',')
	}
	b.WriteString(`"sequence":` + strconv.FormatUint(e.Sequence, 10) + `,"data":`)
	if release != nil {
		b.Write(release)
	} else if err := encode(e.Release); err != nil {
		return dst, err
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}
