package schemas

import (
	"fmt"
	"testing"
)

func TestRanges(t *testing.T) {
	if got := fmt.Sprint(Ranges([]uint64{9, 3, 1, 2, 3, 8})); got != "[[1 3] [8 9]]" {
		t.Error(got)
	}
	if got := fmt.Sprint(JoinRanges([]Range{{8, 9}, {1, 3}, {2, 6}, {7, 7}, {20, 20}})); got != "[[1 9] [20 20]]" {
		t.Error(got)
	}
	for _, c := range []struct {
		a, b []Range
		want string
	}{
		{[]Range{{1, 9}}, nil, "[[1 9]]"},
		{[]Range{{1, 9}}, []Range{{1, 9}}, "[]"},
		{[]Range{{1, 9}}, []Range{{3, 4}, {9, 12}}, "[[1 2] [5 8]]"},
		{[]Range{{1, 2}, {5, 6}, {10, 20}}, []Range{{2, 5}, {12, 12}}, "[[1 1] [6 6] [10 11] [13 20]]"},
		{[]Range{{5, 5}}, []Range{{1, 2}, {4, 4}, {6, 9}}, "[[5 5]]"},
	} {
		if got := fmt.Sprint(WithoutRanges(c.a, c.b)); got != c.want {
			t.Errorf("%v without %v: %s, want %s", c.a, c.b, got, c.want)
		}
	}
	if n := (Range{4, 6}).Len(); n != 3 {
		t.Errorf("%d", n)
	}
}

func TestReadReceipt(t *testing.T) {
	text := `{"release":"x","erased":[{"stream":"PRESS","sequence":4},{"stream":"PRESS","sequence":3},{"stream":"PRESS_RAW","sequence":9}]}`
	gone, err := ReadReceipt(RunErased, []byte(text))
	if err != nil || fmt.Sprint(gone) != "map[PRESS:[[3 4]] PRESS_RAW:[[9 9]]]" {
		t.Errorf("%v, %v", gone, err)
	}
	gone, err = ReadReceipt(RunExpired, []byte(`{"gone":{"PRESS_RAW":[[1,3]]}}`))
	if err != nil || fmt.Sprint(gone) != "map[PRESS_RAW:[[1 3]]]" {
		t.Errorf("%v, %v", gone, err)
	}
	if _, err := ReadReceipt(RunAudit, []byte(`{}`)); err == nil {
		t.Error("an audit was taken for a receipt")
	}
}
