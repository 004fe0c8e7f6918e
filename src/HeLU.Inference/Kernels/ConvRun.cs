namespace Helu.Inference.Kernels;

/// <summary>Neighbouring pixels of one output row or plane within a tile.</summary>
/// <param name="Tile">Where they begin in the tile.</param>
/// <param name="Output">Where they begin in the output, from channel 0 of the first image.</param>
/// <param name="Length">How many.</param>
internal readonly record struct ConvRun(int Tile, nint Output, int Length);
