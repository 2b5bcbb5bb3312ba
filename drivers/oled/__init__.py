"""A small monochrome OLED on the I2C bus: 128 by 64 pixels, SSD1306, SSD1309, SH1106 or SH1107."""
