using System.Runtime.InteropServices;

namespace Helu.Inference.Tests.Kernels;

/// <summary>
/// Random floats that begin behind, or end before, a page that ends the process when it is read or written. Ordinary memory where there is no mmap with Linux's numbers.
/// </summary>
internal sealed unsafe partial class GuardPages : IDisposable
{
    private const int PageSize = 4096;
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;
    private readonly nint _memory;
    private readonly nint _length;

    public GuardPages(long floats, bool guardBehind)
    {
        nint bytes = (nint)floats * sizeof(float);
        nint room = (bytes + PageSize - 1) / PageSize * PageSize;
        _length = room + (2 * PageSize);
        _memory = OperatingSystem.IsLinux() ? MemoryMap(0, _length, ReadWrite, PrivateAnonymous, -1, 0) : (nint)NativeMemory.Alloc((nuint)_length);
        if (OperatingSystem.IsLinux())
            Assert.Equal(0, Protect(_memory, PageSize, 0) | Protect(_memory + PageSize + room, PageSize, 0));
        Pointer = (float*)(_memory + PageSize + (guardBehind ? room - bytes : 0));
        Random random = new(1);
        for (long i = 0; i < floats; i++)
            Pointer[i] = random.NextSingle() - 0.5f;
    }

    public float* Pointer { get; }

    public void Dispose()
    {
        if (OperatingSystem.IsLinux())
            Assert.Equal(0, Unmap(_memory, _length));
        else
            NativeMemory.Free((void*)_memory);
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint MemoryMap(nint address, nint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint address, nint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nint length);
}
