package parquet

import (
	"fmt"

	"github.com/klauspost/compress/zstd"
	pqzstd "github.com/parquet-go/parquet-go/compress/zstd"
)

// window is how far the compressor looks back. A page is a quarter of it; one with a longer text is cut into blocks.
const window = 1 << 20

// codec compresses pages by one encoder that lives as long as the file. The library's own keeps encoders of 16 MiB each in a pool that
// every collection of garbage empties: what a file takes in memory would grow with the number of collections. Reading is as it was.
type codec struct {
	pqzstd.Codec
	encoder *zstd.Encoder
}

func newCodec() *codec {
	e, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithWindowSize(window),
		zstd.WithZeroFrames(true), zstd.WithEncoderCRC(false)) // a page has a checksum of its own
	if err != nil {
		panic(fmt.Sprintf("options of zstd: %v", err)) // they are constants
	}
	return &codec{encoder: e}
}

// Encode implements compress.Codec.
func (c *codec) Encode(dst, src []byte) ([]byte, error) {
	return c.encoder.EncodeAll(src, dst[:0]), nil
}
