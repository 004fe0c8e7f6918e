using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>
/// The one-dimensional transforms of F(m, 3) (Lavin and Gray, arXiv 1509.09308): y = Aᵀ[(G·g) ⊙ (Bᵀ·d)] for m outputs y of a filter g of 3 taps over m + 2 inputs d.
/// Applied along columns, then along rows. Every lane is a tile.
/// </summary>
internal unsafe interface IWinogradTile
{
    /// <summary>m.</summary>
    static abstract int Outputs { get; }

    /// <summary>m + 2.</summary>
    static abstract int Inputs { get; }

    /// <summary>G, [Inputs, 3].</summary>
    static abstract ReadOnlySpan<double> Filter { get; }

    /// <summary>t = Bᵀ·d; those from <see cref="Inputs"/> on mean nothing.</summary>
    static abstract void Input<TSimd, V>(V d0, V d1, V d2, V d3, V d4, V d5, out V t0, out V t1, out V t2, out V t3, out V t4, out V t5)
        where TSimd : ISimd<V>
        where V : unmanaged;

    /// <summary>y = Aᵀ·t; those from <see cref="Outputs"/> on mean nothing.</summary>
    static abstract void Output<TSimd, V>(V t0, V t1, V t2, V t3, V t4, V t5, out V y0, out V y1, out V y2, out V y3)
        where TSimd : ISimd<V>
        where V : unmanaged;

    /// <summary>d[i] of lane l = row[l·m + i].</summary>
    static abstract void Load<TSimd, V>(float* row, out V d0, out V d1, out V d2, out V d3, out V d4, out V d5)
        where TSimd : ISimd<V>
        where V : unmanaged;

    /// <summary>m vectors of neighbouring outputs: element l·m + i is y[i] of lane l.</summary>
    static abstract void Interleave<TSimd, V>(ref V y0, ref V y1, ref V y2, ref V y3)
        where TSimd : ISimd<V>
        where V : unmanaged;
}
