using System.Runtime.CompilerServices;

namespace Helu.Inference.Kernels;

/// <summary>How a <see cref="MicroKernel"/> goes from one row of B to the next.</summary>
internal static unsafe class MicroKernelRight
{
    internal interface IRows<TSelf>
        where TSelf : struct, IRows<TSelf>
    {
        static abstract TSelf Start(MicroKernelTile* tile);

        /// <summary>The row at hand; moves on to the next.</summary>
        float* Next();
    }

    /// <summary>Rows a fixed number of floats apart.</summary>
    internal struct Strided : IRows<Strided>
    {
        private float* _row;
        private nint _stride;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Strided Start(MicroKernelTile* tile) => new() { _row = tile->Right, _stride = tile->RightStride };

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public float* Next()
        {
            float* row = _row;
            _row += _stride;
            return row;
        }
    }

    /// <summary>Rows wherever a list of offsets says.</summary>
    internal struct Listed : IRows<Listed>
    {
        private float* _start;
        private int* _offset;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Listed Start(MicroKernelTile* tile) => new() { _start = tile->Right, _offset = tile->RightOffsets };

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public float* Next() => _start + *_offset++;
    }
}
