namespace Helu.Inference.Kernels;

/// <summary>Numbers as types, so that the JIT makes a micro-kernel of its own for each number of rows and columns.</summary>
internal static class MicroKernelSize
{
    internal interface ISize
    {
        static abstract int Value { get; }
    }

    internal readonly struct Of1 : ISize
    {
        public static int Value => 1;
    }

    internal readonly struct Of2 : ISize
    {
        public static int Value => 2;
    }

    internal readonly struct Of3 : ISize
    {
        public static int Value => 3;
    }

    internal readonly struct Of4 : ISize
    {
        public static int Value => 4;
    }

    internal readonly struct Of5 : ISize
    {
        public static int Value => 5;
    }

    internal readonly struct Of6 : ISize
    {
        public static int Value => 6;
    }

    internal readonly struct Of7 : ISize
    {
        public static int Value => 7;
    }

    internal readonly struct Of8 : ISize
    {
        public static int Value => 8;
    }

    internal readonly struct Of9 : ISize
    {
        public static int Value => 9;
    }

    internal readonly struct Of10 : ISize
    {
        public static int Value => 10;
    }

    internal readonly struct Of11 : ISize
    {
        public static int Value => 11;
    }

    internal readonly struct Of12 : ISize
    {
        public static int Value => 12;
    }
}
